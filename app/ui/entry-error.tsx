import { Banner, BlockStack, Button, ButtonGroup, Text } from "@shopify/polaris";

import { explainError } from "#app/lib/errors.ts";

import { triesWords } from "./cache-cells.tsx";
import type { EntryView } from "./cache-view.ts";
import { useEmbeddedHref } from "./embedded-href.ts";
import { errorAction } from "./error-action.ts";
import { useFormat } from "./shop-format.tsx";
import { ShopifyAdminButton } from "./shopify-admin-link.tsx";

/** Why an entry failed, what to do, and the buttons for it. */
export function EntryError({
  entry,
  retry,
}: {
  entry: EntryView;
  retry: { send: () => void; isBusy: boolean };
}) {
  const href = useEmbeddedHref();
  const format = useFormat();
  const { error, shopifyUrl } = entry;
  if (error === null) return null;
  const { words } = explainError(error.code);
  const step = errorAction(error.code);
  const isMendedThere = error.code === "PAYLOAD_UNREADABLE" || error.code === "MONEY_UNREADABLE";
  return (
    <Banner tone="critical" title={error.text}>
      <BlockStack gap="300">
        <BlockStack gap="100">
          {error.text.startsWith(words) ? null : <Text as="p">{`${words}.`}</Text>}
          <Text as="p">{error.next}</Text>
          <Text as="p" variant="bodySm">
            {[
              error.code,
              triesWords(entry, format),
              entry.status === "quarantined" ? "not tried again by itself" : null,
            ]
              .filter((part) => part !== null)
              .join(" · ")}
          </Text>
        </BlockStack>
        <ButtonGroup>
          {step.path === null ? null : <Button url={href(step.path)}>{step.label}</Button>}
          <Button loading={retry.isBusy} onClick={retry.send}>
            Retry now
          </Button>
          {isMendedThere && shopifyUrl !== null ? (
            <ShopifyAdminButton url={shopifyUrl}>Mend it in Shopify</ShopifyAdminButton>
          ) : null}
        </ButtonGroup>
      </BlockStack>
    </Banner>
  );
}
