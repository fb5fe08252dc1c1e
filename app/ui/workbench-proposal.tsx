import { BlockStack, Box, Button, Divider, InlineGrid, InlineStack, Link, Text } from "@shopify/polaris";
import { useState } from "react";

import type { ProposalPair, ProposalSide } from "#app/erp/catalog/workbench-views.ts";

import { AnswerProblem } from "./answer-problem.tsx";
import { AppModal } from "./app-modal.tsx";
import { counted } from "./counted.ts";
import { useEmbeddedHref } from "./embedded-href.ts";
import { useFormat } from "./shop-format.tsx";
import { ShopifyAdminLink } from "./shopify-admin-link.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { useIntent } from "./use-intent.ts";

type Decision = "accept" | "reject";

/** Both products side by side, and the two words a person can say, each with what follows from it. */
export function WorkbenchProposal({
  shop,
  pair,
  currency,
}: {
  shop: string;
  pair: ProposalPair;
  currency: string | null;
}) {
  const href = useEmbeddedHref();
  const { shopifyProductId, productId, reason, shopify, shopifyTitle, erp } = pair;
  const { send, pending, answer, again } = useIntent(`proposal-${shopifyProductId}-${productId}`);
  const [asked, ask] = useState<Decision | null>(null);
  const sending = pending("intent");
  const name = shopifyTitle ?? shopify?.name ?? `Product ${shopifyProductId}`;
  const close = () => {
    ask(null);
  };
  const button = (decision: Decision, words: string) => (
    <Button
      variant={decision === "accept" ? "primary" : undefined}
      loading={sending === decision}
      disabled={sending !== null && sending !== decision}
      accessibilityLabel={`${words}: ${name}`}
      onClick={() => {
        ask(decision);
      }}
    >
      {words}
    </Button>
  );
  return (
    <Box padding="400">
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {name}
          </Text>
          <Text as="p" tone="subdued">
            {`Not matched by itself: ${reason}.`}
          </Text>
        </BlockStack>
        <AnswerProblem answer={answer} onRetry={again} />
        <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
          <Side
            heading="New from Shopify"
            side={shopify}
            currency={currency}
            link={
              <ShopifyAdminLink shop={shop} path={`products/${shopifyProductId}`}>
                {`Shopify product ${shopifyProductId}`}
              </ShopifyAdminLink>
            }
          />
          <Side
            heading="Already in the ERP"
            side={erp}
            currency={currency}
            link={<Link url={href(`/app/catalogue/${productId}`)}>Open the product</Link>}
          />
        </InlineGrid>
        <InlineStack gap="200">
          {button("accept", "Accept: one product")}
          {button("reject", "Reject: keep apart")}
        </InlineStack>
      </BlockStack>
      <AppModal
        open={asked !== null}
        onClose={close}
        title={asked === "reject" ? "Keep them apart?" : "Make them one product?"}
        primaryAction={{
          content: asked === "reject" ? "Keep apart" : "Make them one",
          onAction: () => {
            if (asked !== null) send({ intent: asked, shopifyProductId, productId });
            close();
          },
        }}
        secondaryActions={[{ content: "Cancel", onAction: close }]}
      >
        <Consequences decision={asked ?? "accept"} skus={shopify?.skus ?? 0} />
      </AppModal>
    </Box>
  );
}

function Consequences({ decision, skus }: { decision: Decision; skus: number }) {
  const format = useFormat();
  return (
    <BlockStack gap="200">
      {decision === "accept" ? (
        <Text as="p">
          {`The new one's ${counted(format, skus, "SKU joins", "SKUs join")} the product that is in the ERP already, and the product made for it meanwhile is archived. Orders keep their lines and follow their SKUs.`}
        </Text>
      ) : (
        <Text as="p">The new one stays a product of its own. This pair is never proposed again.</Text>
      )}
      <Text as="p" tone="subdued">
        This cannot be taken back as a whole. Single variants can be mapped to other SKUs later.
      </Text>
    </BlockStack>
  );
}

function Side({
  heading,
  side,
  currency,
  link,
}: {
  heading: string;
  side: ProposalSide | null;
  currency: string | null;
  link: React.ReactNode;
}) {
  const format = useFormat();
  const price = (amount: string | null) =>
    amount === null || currency === null ? (amount ?? "—") : format.money(amount, currency);
  return (
    <Box borderWidth="025" borderColor="border" borderRadius="200" padding="300">
      <BlockStack gap="200">
        <Text as="h3" variant="headingSm">
          {heading}
        </Text>
        {link}
        {side === null ? (
          <Text as="p" tone="subdued">
            Not in the ERP yet.
          </Text>
        ) : (
          <>
            <InlineStack gap="100">
              <StatusBadge of="product" status={side.status} />
              {side.archived && side.status !== "ARCHIVED" ? (
                <StatusBadge of="catalogue" status="archived" />
              ) : null}
            </InlineStack>
            <Text as="p">{`Vendor: ${side.vendor ?? "—"}`}</Text>
            <Divider />
            <Text as="p">{counted(format, side.skus, "SKU", "SKUs")}</Text>
            {side.examples.map(({ skuCode, title, price: amount }, index) => (
              <Text key={`${skuCode ?? title}-${String(index)}`} as="p" breakWord>
                {`${skuCode ?? "No SKU"} · ${title} · ${price(amount)}`}
              </Text>
            ))}
            {side.skus > side.examples.length ? (
              <Text as="p" tone="subdued">
                {`and ${format.number(side.skus - side.examples.length)} more`}
              </Text>
            ) : null}
          </>
        )}
      </BlockStack>
    </Box>
  );
}
