import type { IntentPayload } from "#app/outbox/outbox-intent.ts";
import type { OrderNow } from "./order-now.ts";
import { sayLines, type Plan, type Progress } from "./plan.ts";

/** What the ERP has of a line: how many units are to stay unfulfilled in Shopify, and what it is called. */
export type EditContext = { openQty: ReadonlyMap<string, number>; titles: ReadonlyMap<string, string> };

/**
 * Units taken off an order that goes on. Only what Shopify still waits to fulfil can be taken off, and no more than the ERP no
 * longer means to send: whoever took it off first, it is taken off once. Units that were refunded and not restocked are no longer on
 * the order, but still to be fulfilled ("the number of fulfillable units … will remain unchanged"): no edit takes those off.
 */
export function planOrderEdit(
  payload: IntentPayload<"orderEdit">,
  now: OrderNow,
  { openQty, titles }: EditContext,
  { unsure, unfulfilledBefore }: Progress,
): Plan {
  const lines = payload.lines.map(({ lineId, qty }) => {
    const { unfulfilled = 0, current = 0 } = now.lines.find(({ id }) => id === lineId) ?? {};
    const before = unsure ? unfulfilledBefore?.[lineId] : undefined;
    // Of a try nobody knows the end of: what has gone since then is what it was to take off.
    const gone = before === undefined ? 0 : Math.max(0, before - unfulfilled);
    const tooMany = Math.max(0, unfulfilled - (openQty.get(lineId) ?? 0));
    const units = Math.max(0, Math.min(qty - gone, tooMany));
    const takes = Math.min(units, current);
    return { lineId, qty: takes, stuck: units - takes, unfulfilled, from: current };
  });
  const toTake = lines.filter(({ qty }) => qty > 0).map(({ lineId, qty, from }) => ({ lineId, qty, from }));
  const stuck = lines.filter((one) => one.stuck > 0).map((one) => ({ lineId: one.lineId, qty: one.stuck }));
  if (toTake.length + stuck.length === 0) return { already: "Shopify no longer has these units to fulfil." };
  if (now.cancelledAt !== null) return { already: "Shopify has the whole order as cancelled." };
  if (toTake.length === 0)
    return {
      conflict: {
        erp: `${sayLines(stuck, titles)} will not be sent.`,
        shopify: `${sayLines(stuck, titles)} was refunded and not restocked, and still waits to be fulfilled.`,
        next: "Cancel the order in Shopify if nothing else of it is to be sent, or leave these units unfulfilled there; then choose not to send this.",
      },
    };
  const isWhole = now.lines.every(
    ({ id, current }) => current === (toTake.find(({ lineId }) => lineId === id)?.qty ?? 0),
  );
  if (isWhole)
    return {
      conflict: {
        erp: `${sayLines(toTake, titles)} cancelled, and the order goes on.`,
        shopify: "These are the last units of the order.",
        next: "Cancel the order in Shopify if nothing of it is to be sent, then choose not to send this.",
      },
    };
  return {
    steps: [{ do: "editOrder", ...payload, lines: toTake }],
    ...(stuck.length > 0 ? { readAgain: true } : {}),
    note: { unfulfilledBefore: Object.fromEntries(lines.map((one) => [one.lineId, one.unfulfilled])) },
  };
}
