import { createFormat } from "#app/ui/format.ts";
import { statusLook } from "#app/ui/status-words.ts";

import { Notice } from "./notice.tsx";
import { OrderStatus } from "./order-status.tsx";
import { lookOfSync } from "./sync-look.ts";
import { useOrderSync, type Seen } from "./use-order-sync.ts";

/** The whole block. */
export function SyncBlock({ orderId }: { orderId: string | null }) {
  if (orderId === null)
    return (
      <s-admin-block heading="ERP status">
        <s-text>Save the order first: then its ERP status shows here.</s-text>
      </s-admin-block>
    );
  return <BlockOfOrder key={orderId} orderId={orderId} />;
}

function BlockOfOrder({ orderId }: { orderId: string }) {
  const { seen, isSyncing, refusal, done, lookAnew, syncAgain } = useOrderSync(orderId);
  const isErased = seen.is === "known" && seen.status.erased;
  return (
    <s-admin-block heading="ERP status" collapsedSummary={summaryOf(seen)}>
      <s-stack direction="block" gap="base">
        {refusal && <Notice tone="critical" heading="It could not be fetched again" {...refusal} />}
        {seen.is === "loading" && (
          <s-stack direction="inline" gap="small" alignItems="center">
            <s-spinner accessibilityLabel="Loading the ERP status" />
            <s-text>Asking the ERP…</s-text>
          </s-stack>
        )}
        {seen.is === "unclear" && (
          <Notice tone="critical" heading="The ERP status cannot be shown" {...seen.refusal} />
        )}
        {seen.is === "unknown" && (
          <>
            <s-badge tone="caution">Not in the ERP yet</s-badge>
            <s-text>
              New orders arrive within a minute. Sync again fetches this one now, older orders too.
            </s-text>
          </>
        )}
        {seen.is === "known" && <OrderStatus status={seen.status} />}
        {done !== null && <s-text>{done}</s-text>}
        <s-stack direction="inline" gap="base" alignItems="center">
          {seen.is === "unclear" && <s-button onClick={() => void lookAnew()}>Try again</s-button>}
          {(seen.is === "known" || seen.is === "unknown") && !isErased && (
            <s-button loading={isSyncing} disabled={isSyncing} onClick={() => void syncAgain()}>
              Sync again
            </s-button>
          )}
          <s-link href={seen.is === "known" ? `app:app/orders/${orderId}` : "app:app"}>
            {seen.is === "known" ? "Open in ERP Sync" : "Open ERP Sync"}
          </s-link>
        </s-stack>
      </s-stack>
    </s-admin-block>
  );
}

/** What shows while the block is folded. */
function summaryOf(seen: Seen): string {
  if (seen.is === "loading") return "Asking the ERP…";
  if (seen.is === "unclear") return "Cannot be shown";
  if (seen.is === "unknown") return "Not in the ERP yet";
  const { state, notSent, order, ...shop } = seen.status;
  const sync = state === "processed" && notSent === null ? null : lookOfSync(seen.status).words;
  if (order === null) return sync ?? "Not in the ERP yet";
  const toCollect =
    Number(order.amountToCollect) > 0 &&
    createFormat(shop).money(order.amountToCollect, order.presentmentCurrency);
  return [sync, statusLook("order", order.status).words, toCollect && `collect ${toCollect}`]
    .filter(Boolean)
    .join(" · ");
}
