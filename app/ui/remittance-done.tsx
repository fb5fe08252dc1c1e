import { Banner, BlockStack, Button, InlineStack, Text } from "@shopify/polaris";

import { counted } from "./counted.ts";
import { useEmbeddedHref } from "./embedded-href.ts";
import { RemittanceLeftOutPart } from "./remittance-left-out.tsx";
import type { RemittanceAnswer } from "./remittance-view.ts";
import { useFormat } from "./shop-format.tsx";

/** What came of a file that was booked, and where what did not fit stands. */
export function RemittanceDone({
  booked,
  already,
  queued,
  leftOut,
}: NonNullable<RemittanceAnswer["booked"]>) {
  const format = useFormat();
  const href = useEmbeddedHref();
  return (
    <BlockStack gap="300">
      <Banner
        tone={queued === 0 ? "success" : "warning"}
        title={`${counted(format, booked, "row", "rows")} booked`}
      >
        <BlockStack gap="200">
          {already === 0 ? null : (
            <Text as="p">{`${counted(format, already, "row was", "rows were")} known already, and nothing was done twice.`}</Text>
          )}
          {queued === 0 ? null : (
            <>
              <Text as="p">{`${counted(format, queued, "row does", "rows do")} not fit and ${queued === 1 ? "waits" : "wait"} for your word.`}</Text>
              <InlineStack>
                <Button url={href("/app/remittances?status=open")}>Look at the differences</Button>
              </InlineStack>
            </>
          )}
        </BlockStack>
      </Banner>
      <RemittanceLeftOutPart
        leftOut={leftOut}
        title={`${counted(format, leftOut.count, "row", "rows")} could not be read, and ${leftOut.count === 1 ? "is" : "are"} not booked`}
      />
    </BlockStack>
  );
}
