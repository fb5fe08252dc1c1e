/**
 * Why a level is not pushed, whatever the numbers say:
 * - archived: the SKU is archived here
 * - bundle: a bundle's parent; Shopify counts its parts
 * - untracked: Shopify does not count it
 * - not_stocked: the ERP has it for a location where Shopify does not stock it
 * - nothing_said: the ERP has never said how many of it there are: that is not none
 */
export const stockSkips = ["archived", "bundle", "untracked", "not_stocked", "nothing_said"] as const;
export type StockSkip = (typeof stockSkips)[number];

/** Why, for a person. */
export const skipWords: Readonly<Record<StockSkip, string>> = {
  archived: "The SKU is archived.",
  bundle: "It is a bundle: Shopify counts its parts.",
  untracked: "Shopify does not count it.",
  not_stocked: "Shopify does not stock it at this location.",
  nothing_said: "The ERP has never said how many there are.",
};

/** An item at one of Shopify's locations: what the ERP would have Shopify show, and what it shows as far as the cache knows. In units. */
export type StockCompareRow = {
  inventoryItemId: string;
  locationId: string;
  /** Null where Shopify has never told of it. */
  locationName: string | null;
  skuId: string;
  skuCode: string | null;
  title: string;
  /** Of all the ERP's locations that feed this one. */
  sellableQty: number;
  /** What of it is kept back. */
  safetyQty: number;
  /** In orders that the ERP has not taken in yet. */
  unprocessedQty: number;
  /** What Shopify is to show: sellable − kept back − not taken in yet, at least 0. */
  targetQty: number;
  /** What Shopify shows; null where nothing has told it. */
  shopifyQty: number | null;
  /** target − Shopify's; null where Shopify's is not known. */
  difference: number | null;
  skipped: StockSkip | null;
  /** Units of the SKU in orders that came into the ERP after it last said its number here: that number may be older than they are. */
  orderedSince: number;
};

/** What a comparison shows: what would be pushed, what is not and why, or every level. */
export const stockShows = ["differ", "skipped", "all"] as const;
export type StockShow = (typeof stockShows)[number];

/** A shop's comparison in figures: levels = equal + differ + all that are skipped. */
export type StockCompareCounts = {
  levels: number;
  equal: number;
  differ: number;
  /** Of those that differ: Shopify's number would go up, or down. */
  raised: number;
  lowered: number;
  /** By how many units in all. */
  raisedUnits: number;
  loweredUnits: number;
  skipped: Record<StockSkip, number>;
  /** Orders that the ERP has not taken in yet. */
  unprocessedOrders: number;
  /** Why nothing is pushed for now, in words; null: nothing stands against it. */
  waits: string | null;
};
