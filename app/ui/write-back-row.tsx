import { BlockStack, Box, Button, InlineStack, Link, Text } from "@shopify/polaris";

import { useEmbeddedHref } from "./embedded-href.ts";
import { useFormat } from "./shop-format.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { waitingPath, type KindView } from "./write-back-view.ts";
import { scopeWords, writeBackHelp, writeBackWords } from "./write-back-words.ts";

/** One kind: what it does, whether it is on, what waits, whether Shopify lets the app, and what can be done now. */
export function WriteBackRow({
  view,
  stockLeads,
  isBusy,
  isAsking,
  onSee,
  onOff,
  onAsk,
}: {
  view: KindView;
  stockLeads: "erp" | "shopify";
  isBusy: boolean;
  isAsking: boolean;
  onSee: () => void;
  onOff: () => void;
  onAsk: (scope: string) => void;
}) {
  const { kind, on, missingScope } = view;
  const name = writeBackWords[kind];
  return (
    <BlockStack gap="200">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" variant="headingSm">
          {name}
        </Text>
        <StatusBadge of="toggle" status={on ? "on" : "off"} />
      </InlineStack>
      <Text as="p">{writeBackHelp[kind]}</Text>
      <InlineStack gap="400">
        <Waiting view={view} />
        {missingScope === null ? (
          <Text as="p" tone="subdued">
            Permission given
          </Text>
        ) : (
          <Text as="p" fontWeight="semibold">
            {on
              ? `Nothing is sent: Shopify’s permission “${scopeWords(missingScope)}” was taken away`
              : `Needs Shopify’s permission “${scopeWords(missingScope)}”`}
          </Text>
        )}
      </InlineStack>
      {kind === "inventorySet" && stockLeads === "shopify" && !on ? (
        <Text as="p">In this shop Shopify’s stock leads, so the ERP’s is not sent.</Text>
      ) : null}
      <Box paddingBlockStart="100">
        <InlineStack gap="200">
          {on ? (
            <Button loading={isBusy} accessibilityLabel={`Switch off: ${name}`} onClick={onOff}>
              Switch off
            </Button>
          ) : (
            <SeeFirst kind={kind} name={name} stockLeads={stockLeads} isBusy={isBusy} onSee={onSee} />
          )}
          {missingScope === null ? null : (
            <Button
              loading={isAsking}
              accessibilityLabel={`Ask Shopify for the permission: ${name}`}
              onClick={() => {
                onAsk(missingScope);
              }}
            >
              Ask Shopify for the permission
            </Button>
          )}
        </InlineStack>
      </Box>
    </BlockStack>
  );
}

function Waiting({ view: { kind, waiting } }: { view: KindView }) {
  const format = useFormat();
  const href = useEmbeddedHref();
  if (waiting === 0)
    return (
      <Text as="p" tone="subdued">
        {kind === "fulfillmentOrderMove" ? "No parcel that waits names a location" : "Nothing waits"}
      </Text>
    );
  const words =
    kind === "fulfillmentOrderMove"
      ? `${format.number(waiting)} ${waiting === 1 ? "parcel that waits names a location" : "parcels that wait name a location"}`
      : `${format.number(waiting)} ${waiting === 1 ? "waits" : "wait"}`;
  return (
    <Text as="p">
      <Link url={href(waitingPath(kind))} accessibilityLabel={`${words}: ${writeBackWords[kind]}`}>
        {words}
      </Link>
    </Text>
  );
}

/** The way to its preview. Stock's is the comparison of all of it, and only where the ERP's stock leads. */
function SeeFirst({
  kind,
  name,
  stockLeads,
  isBusy,
  onSee,
}: {
  kind: KindView["kind"];
  name: string;
  stockLeads: "erp" | "shopify";
  isBusy: boolean;
  onSee: () => void;
}) {
  const href = useEmbeddedHref();
  if (kind !== "inventorySet")
    return (
      <Button loading={isBusy} accessibilityLabel={`See what it would send: ${name}`} onClick={onSee}>
        See what it would send
      </Button>
    );
  return stockLeads === "erp" ? (
    <Button url={href("/app/inventory/compare")}>Compare the stock</Button>
  ) : (
    <Button url={href("/app/settings/stock")}>Open stock rules</Button>
  );
}
