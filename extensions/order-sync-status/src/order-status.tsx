import type { OrderSyncStatus } from "#app/routes/api/order-sync-schema.ts";
import { createFormat, type Format } from "#app/ui/format.ts";

import { Notice } from "./notice.tsx";
import { Parcels } from "./parcels.tsx";
import { NotSent } from "./not-sent.tsx";
import { lookOf, lookOfSync } from "./sync-look.ts";

type Order = NonNullable<OrderSyncStatus["order"]>;

/** An order that ERP or cache know: where it stands, what is against it, its parcels, its money. */
export function OrderStatus({ status }: { status: OrderSyncStatus }) {
  const { order, error, notSent, fetchError } = status;
  const format = createFormat(status);
  const sync = lookOfSync(status);
  return (
    <>
      <s-stack direction="inline" gap="small">
        <s-badge tone={sync.tone}>{sync.words}</s-badge>
        {order && <StatusBadge of="order" status={order.status} />}
        {order && <StatusBadge of="payment" status={order.paymentMethod} />}
        {order?.isHistory === true && <s-badge>History: not shipped by the ERP</s-badge>}
        {order?.test === true && <s-badge>Test: not shipped by the ERP</s-badge>}
      </s-stack>
      {error && (
        <Notice
          tone="critical"
          heading="The ERP could not take over what Shopify says"
          {...{ message: error.text, next: error.next }}
        />
      )}
      {notSent && <NotSent notSent={notSent} format={format} />}
      {fetchError !== null && (
        <Notice
          tone="warning"
          heading="The last fetch from Shopify did not succeed"
          message={fetchError}
          next="Sync again."
        />
      )}
      {status.erased && <s-text>The customer was erased on request: only goods and money are kept.</s-text>}
      {order && <AgainstIt order={order} />}
      {order && <Parcels order={order} format={format} />}
      {order && <s-text>{collectWords(order, format)}</s-text>}
      <s-text color="subdued">{timeWords(status, format)}</s-text>
    </>
  );
}

function StatusBadge({ of, status }: { of: "order" | "payment"; status: string }) {
  const { words, tone } = lookOf(of, status);
  return <s-badge tone={tone}>{words}</s-badge>;
}

/** Why it may not be picked, or not leave as it is packed. */
function AgainstIt({ order: { stopShip, holds } }: { order: Order }) {
  return (
    <>
      {stopShip !== null && (
        <Notice tone="critical" heading="Stop: do not ship it as it is packed" message={stopShip} />
      )}
      {holds.map(({ kind, key, words, releasedBy }) => (
        <Notice
          key={`${kind} ${key ?? ""}`}
          tone="warning"
          heading="On hold"
          message={words}
          next={releasedBy}
        />
      ))}
    </>
  );
}

function collectWords(
  { paymentMethod, amountToCollect, presentmentCurrency }: Order,
  format: Format,
): string {
  if (Number(amountToCollect) > 0) return `To collect: ${format.money(amountToCollect, presentmentCurrency)}`;
  return paymentMethod === "COD" ? "To collect: nothing more" : "To collect: nothing, it is prepaid";
}

function timeWords({ state, receivedAt, processedAt, nextRetryAt }: OrderSyncStatus, format: Format): string {
  return [
    receivedAt !== null && `Last news from Shopify: ${format.dateTime(receivedAt)}`,
    state === "processed" && processedAt !== null && `in the ERP: ${format.dateTime(processedAt)}`,
    state === "failed" && nextRetryAt !== null && `next try: ${format.dateTime(nextRetryAt)}`,
  ]
    .filter((part) => part !== false)
    .join(" · ");
}
