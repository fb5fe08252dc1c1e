import type { OrderFacts } from "#app/erp/facts/order-facts.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import type { PostalAddress } from "#app/shopify/codecs/decode-address.ts";
import type { OrderStatusResult } from "./determine-order-status.ts";

export type StopShipReason = {
  /** The same news has the same key: a person confirms it once. */
  key: string;
  words: string;
};

/**
 * Why what is packed must not leave as it is. Shopify's news never unpacks anything; hand-over waits until a person
 * unpacks, labels again (the label then says the new address and amount) or confirms that it may go all the same.
 * @param amountToCollect what a label of the packed goods would say if it were printed now, decimal
 */
export function determineStopShip(
  order: OrderSnapshot,
  facts: OrderFacts,
  status: Pick<OrderStatusResult, "lines" | "notApplied">,
  amountToCollect: string,
): StopShipReason[] {
  const packed = [...status.lines.values()].some(({ packedQty }) => packedQty > 0);
  if (!packed) return [];
  const reasons: StopShipReason[] = [];
  if (order.cancelledAt !== null)
    reasons.push({ key: "cancelled", words: "The order was cancelled in Shopify" });
  else if (order.deletedAt) reasons.push({ key: "deleted", words: "The order was deleted in Shopify" });
  for (const line of order.lines) {
    const missed = status.notApplied.find(
      ({ rule, lineId }) => rule === "edited-while-packed" && lineId === line.id,
    );
    if (missed)
      reasons.push({
        key: `line-${line.id}-${String(line.currentQty)}`,
        words: `${line.title}: the order now has ${String(line.currentQty)}, ${missed.fact}`,
      });
  }
  const { label } = facts;
  if (label !== null && order.cancelledAt === null && !order.deletedAt) {
    for (const line of order.lines)
      if (line.requiresShipping && line.currentQty > 0 && !label.lineIds.includes(line.id))
        reasons.push({ key: `added-${line.id}`, words: `${line.title} was added after packing` });
    const address = addressKey(order.shippingAddress);
    if (address !== label.addressKey)
      reasons.push({ key: `address-${address ?? "none"}`, words: "The delivery address has changed" });
    if (amountToCollect !== label.amountToCollect)
      reasons.push({
        key: `amount-${amountToCollect}`,
        words: `The amount to collect is now ${amountToCollect}, the label says ${label.amountToCollect}`,
      });
  }
  return reasons.filter(({ key }) => !facts.confirmed.has(key));
}

/** An address in one short spelling, to tell whether the one on the label still holds; null for none. */
export function addressKey(address: PostalAddress | null): string | null {
  if (address === null) return null;
  const { name, company, address1, address2, city, provinceCode, countryCode, zip, phone } = address;
  return [name, company, address1, address2, city, provinceCode, countryCode, zip, phone]
    .map((part) => (part ?? "").trim().toLowerCase().replace(/\s+/g, " "))
    .join("|");
}
