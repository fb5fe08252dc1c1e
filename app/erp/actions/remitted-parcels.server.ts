import type { PoolClient } from "pg";
import { toMinor } from "#app/lib/money.ts";
import { normaliseAwb } from "#app/erp/parcels/normalise-awb.ts";
import type { CacheEntry } from "#app/cache/claim-pending.server.ts";
import type { ActionState } from "./action-state.ts";
import { computeStateOf } from "./load-action-state.server.ts";
import { lockOrderEntry } from "./perform-order-action.server.ts";

/** An order of which money came, held until the transaction ends. */
export type HeldOrder = { entry: CacheEntry; state: ActionState };

/** A part of an order that was to collect; `parcelId` null: the order as a whole. */
export type Collecting = HeldOrder & { parcelId: string | null; dueMinor: number };

/** The orders with a parcel of this AWB, however it is spelled, each held and computed as it is now; always in one order, so that no two wait for each other. */
export async function holdOrdersOfAwb(
  tx: PoolClient,
  { shop, awbKey, orderId, now }: { shop: string; awbKey: string; orderId?: string | undefined; now: Date },
): Promise<HeldOrder[]> {
  const { rows } = await tx.query<{ id: string }>(
    `select distinct "shopifyOrderId" as id from "Parcel" where shop = $1 and "awbNumber" is not null
        and upper(regexp_replace("awbNumber", '[\\s-]+', '', 'g')) = $2 order by 1`,
    [shop, awbKey],
  );
  const held: HeldOrder[] = [];
  for (const id of orderId === undefined ? rows.map((row) => row.id) : [orderId]) {
    const entry = await lockOrderEntry(tx, { shop, orderId: id });
    if (entry)
      held.push({ entry, state: await computeStateOf(tx, { shop, entry, now, keepSettings: true }) });
  }
  return held;
}

/** The parcels of this AWB that left, with what each still has to collect. */
export function collectingParcels(orders: readonly HeldOrder[], awbKey: string): Collecting[] {
  return orders.flatMap((held) =>
    held.state.quantities.shipped.parcels
      .filter(
        ({ left, erp, fulfillments }) =>
          left && normaliseAwb(erp?.awbNumber ?? fulfillments[0]?.tracking[0]?.number ?? null) === awbKey,
      )
      .map(({ id }) => ({ ...held, parcelId: id, dueMinor: held.state.collect.byParcel.get(id) ?? 0 })),
  );
}

/** What the courier collected, in the currency of the orders; null where they differ in it. @throws MoneyError on an amount that is none of it */
export function collectedOf(
  parts: readonly Collecting[],
  { amount, deduction }: { amount: string; deduction: string },
): { currency: string; minor: number } | null {
  const currencies = new Set(parts.map(({ state }) => state.order.presentmentCurrency));
  const [currency] = currencies;
  if (currency === undefined || currencies.size > 1) return null;
  return { currency, minor: toMinor(amount, currency) + toMinor(deduction, currency) };
}
