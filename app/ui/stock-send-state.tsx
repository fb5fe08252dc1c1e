import { Banner, BlockStack, Text } from "@shopify/polaris";

import type { StockCompareCounts } from "#app/erp/inventory/stock-compare-row.ts";

import { useEmbeddedHref } from "./embedded-href.ts";
import type { StockCompareView } from "./stock-compare-view.ts";
import { scopeWords } from "./write-back-words.ts";

/** Whether stock is sent, why not, and what to do about it. */
export function StockSendState({
  view: { leads, isSending, missingScope },
  counts,
}: {
  view: Pick<StockCompareView, "leads" | "isSending" | "missingScope">;
  counts: StockCompareCounts | null;
}) {
  return (
    <BlockStack gap="400">
      {counts?.waits ? (
        <Banner tone="warning" title="No stock is sent for now">
          <Text as="p">{counts.waits}</Text>
        </Banner>
      ) : null}
      {leads === "shopify" ? (
        <ShopifyLeads />
      ) : isSending ? (
        <Sending counts={counts} missingScope={missingScope} />
      ) : (
        <NotSending missingScope={missingScope} />
      )}
    </BlockStack>
  );
}

function ShopifyLeads() {
  const href = useEmbeddedHref();
  return (
    <Banner
      tone="info"
      title="Nothing is sent: Shopify leads"
      action={{ content: "Open stock rules", url: href("/app/settings/stock") }}
    >
      <Text as="p">
        This is what would change in Shopify if the ERP led. To have the ERP&apos;s stock sent, let the ERP
        lead in the stock rules.
      </Text>
    </Banner>
  );
}

function NotSending({ missingScope }: { missingScope: string | null }) {
  return (
    <Banner tone="info" title="Nothing is sent yet: look through the differences first">
      <Text as="p">
        {missingScope === null
          ? "If they are what you want Shopify to show, allow stock to be sent. You can stop it at any time."
          : `If they are what you want Shopify to show, allow stock to be sent. Shopify will ask you for the permission “${scopeWords(missingScope)}”.`}
      </Text>
    </Banner>
  );
}

function Sending({
  counts,
  missingScope,
}: {
  counts: StockCompareCounts | null;
  missingScope: string | null;
}) {
  const href = useEmbeddedHref();
  if (missingScope !== null)
    return (
      <Banner
        tone="critical"
        title="Stock cannot be sent: Shopify has taken the permission back"
        action={{ content: "Open write-back", url: href("/app/settings/write-back") }}
      >
        <Text as="p">{`The permission “${scopeWords(missingScope)}” is missing. Give it again; what waits is then sent.`}</Text>
      </Banner>
    );
  if (counts === null) return null;
  return counts.differ === 0 ? (
    <Banner tone="success" title="Shopify shows what the ERP says">
      <Text as="p">Stock is sent as it changes in the ERP.</Text>
    </Banner>
  ) : (
    <Banner
      tone="info"
      title="Stock is sent as it changes in the ERP"
      secondaryAction={{ content: "Stop sending", url: href("/app/settings/write-back") }}
    >
      <Text as="p">
        What differs below has not changed in the ERP since, is on its way, or waits for you. Send the
        differences to have Shopify show the ERP&apos;s numbers now.
      </Text>
    </Banner>
  );
}
