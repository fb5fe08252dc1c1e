import { Banner, BlockStack, Text } from "@shopify/polaris";

import { useEmbeddedHref } from "./embedded-href.ts";
import type { StockCompareView, StockFigures } from "./stock-compare-view.ts";
import { useFormat } from "./shop-format.tsx";
import { scopeWords } from "./write-back-words.ts";

/** Whether stock is sent, why not, and what to do about it. */
export function StockSendState({
  view,
  counts,
}: {
  view: Pick<StockCompareView, "leads" | "isSending" | "missingScope" | "waits" | "questions">;
  counts: StockFigures | null;
}) {
  const { leads, isSending, missingScope } = view;
  const { waits, questions } = counts ?? view;
  return (
    <BlockStack gap="400">
      {waits !== null ? (
        <Banner tone="warning" title="No stock is sent for now">
          <Text as="p">{waits}</Text>
        </Banner>
      ) : null}
      {questions > 0 ? <Questions count={questions} /> : null}
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

function Questions({ count }: { count: number }) {
  const format = useFormat();
  const href = useEmbeddedHref();
  return (
    <Banner
      tone="warning"
      title={
        count === 1 ? "1 level waits for your answer" : `${format.number(count)} levels wait for your answer`
      }
      action={{
        content: "Decide which number counts",
        url: href("/app/outbox?kind=inventorySet&status=conflict"),
      }}
    >
      <Text as="p">
        Somebody changed it in Shopify while the ERP&apos;s number was on its way. Nothing was overwritten.
      </Text>
    </Banner>
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

function Sending({ counts, missingScope }: { counts: StockFigures | null; missingScope: string | null }) {
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
  const isSame = counts?.differ === 0;
  // As high before it is counted what differs as after: the list below stays where it is.
  return (
    <Banner
      tone={isSame ? "success" : "info"}
      title={isSame ? "Shopify shows what the ERP says" : "Stock is sent as it changes in the ERP"}
      secondaryAction={{ content: "Stop sending", url: href("/app/settings/write-back") }}
    >
      <Text as="p">
        {isSame
          ? "Stock is sent as it changes in the ERP."
          : "What differs below has not changed in the ERP since, is on its way, or waits for you. Send the differences to have Shopify show the ERP's numbers now."}
      </Text>
    </Banner>
  );
}
