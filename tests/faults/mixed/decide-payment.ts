import { AppError } from "#app/lib/errors.ts";
import { settleIntent } from "#app/writeback/settle-intent.server.ts";
import { readText } from "#simulator/store/read-record.ts";
import type { PaymentWord } from "./draw-mix.ts";
import type { MixedShop } from "./mixed-shop.ts";

/** A person's word on money that Shopify was not told of: it is left, or it is booked there by hand first. */
export async function decidePayment(at: MixedShop, orderId: string, { word, n }: PaymentWord): Promise<void> {
  const open = await at.rows<{ id: string; amount: string; mayBeThere: boolean }>(
    `select id, payload->>'amount' as amount, coalesce((answer->>'unsure')::boolean, false) or answer ? 'markedAsPaid' as "mayBeThere"
     from "Outbox" where shop = $1 and "entityId" = $2 and kind = 'orderMarkAsPaid'
       and status in ('waiting', 'conflict', 'refused', 'dropped') order by seq`,
    [orderId],
  );
  const one = open[n % Math.max(1, open.length)];
  if (!one) return;
  if (word === "booked") {
    const owed = readText(at.order(orderId)?.["totalOutstandingSet"], "presentmentMoney", "amount");
    // Whoever looks in Shopify sees what is there already, and books no more than is owed.
    if (one.mayBeThere || Number(owed) < Number(one.amount)) return;
    const booking = { act: "payOrder", order: at.gid(orderId), amount: one.amount, method: "Cash" } as const;
    if (!at.foreign(orderId, booking)) return;
  }
  try {
    await settleIntent(at.pool, {
      ...{ shop: at.shop, id: one.id, decision: word, actor: "Ravi", now: at.now() },
    });
  } catch (error) {
    if (!(error instanceof AppError && error.code === "ACTION_NOT_ALLOWED")) throw error;
  }
}
