/** A piece of Shopify's news that the ERP did not follow: what it was, the rule that spoke, and the fact that stood against it. */
export type NotApplied = {
  rule:
    | "cancelled-after-handover"
    | "cancelled-while-packed"
    | "fulfilment-cancelled-after-handover"
    | "edited-after-handover"
    | "edited-while-packed"
    | "cancelled-in-the-erp"
    | "refunded-goods-not-received"
    | "own-word-on-a-parcel"
    | "sticky-cod"
    | "persons-word-on-payment"
    | "older-payload";
  /** What Shopify says, in a merchant's words. */
  news: string;
  /** What stands against it. */
  fact: string;
  lineId?: string;
  parcelId?: string;
};

export function unitsOf(qty: number, title: string): string {
  return `${String(qty)} × ${title}`;
}
