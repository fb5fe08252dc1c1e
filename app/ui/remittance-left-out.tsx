import { Banner, BlockStack, Button, InlineStack, List, Text } from "@shopify/polaris";

import { saveFile } from "./download-file.ts";
import type { RemittanceLeftOut } from "./remittance-view.ts";
import { useFormat } from "./shop-format.tsx";

/** Rows of a file that cannot be read: which, why, and all of them as a file to correct. Nothing where there is none. */
export function RemittanceLeftOutPart({
  leftOut: { problems, count, csv },
  title,
}: {
  leftOut: RemittanceLeftOut;
  title: string;
}) {
  const format = useFormat();
  if (count === 0) return null;
  return (
    <Banner tone="warning" title={title}>
      <BlockStack gap="200">
        <List>
          {problems.map(({ line, words }) => (
            <List.Item key={`${String(line)} ${words}`}>
              {line === 0 ? words : `Line ${String(line)}: ${words}`}
            </List.Item>
          ))}
        </List>
        {count > problems.length ? (
          <Text as="p">{`The first ${format.number(problems.length)} are shown.`}</Text>
        ) : null}
        {csv === null ? null : (
          <>
            <Text as="p">Save them, correct them, and choose that file here: no list has them.</Text>
            <InlineStack>
              <Button
                onClick={() => {
                  saveFile(new Blob([csv], { type: "text/csv" }), "rows-left-out.csv");
                }}
              >
                {count === 1 ? "Save the row left out" : `Save the ${format.number(count)} rows left out`}
              </Button>
            </InlineStack>
          </>
        )}
      </BlockStack>
    </Banner>
  );
}
