/** What a list of stock can be narrowed to. */
export const stockViews = ["unmatched", "out", "negative", "gone"] as const;
export type StockView = (typeof stockViews)[number];

/** What Shopify says of an item at one location; a quantity is null where no payload tells it. Times are ISO in UTC. */
export type StockAtLocation = {
  locationId: string;
  available: number | null;
  onHand: number | null;
  committed: number | null;
  incoming: number | null;
  lastSynced: string;
  /** Since when it is not stocked there any more. */
  goneAt: string | null;
};

/** An inventory item with its levels; `sku` is null while nothing in the catalogue has it. */
export type StockItem = {
  itemId: string;
  sku: {
    id: string;
    productId: string;
    skuCode: string | null;
    title: string;
    barcode: string | null;
    tracked: boolean;
    isArchived: boolean;
  } | null;
  /** By location id. */
  levels: StockAtLocation[];
};

/** One of the shop's locations; the name is null until Shopify has told it. */
export type StockLocation = { id: string; name: string | null; isActive: boolean; isStocked: boolean };

/** All that is stocked at a location; those where nothing is have none. */
export type StockSums = {
  /** Of the location. */
  id: string;
  items: number;
  available: number;
  onHand: number;
  committed: number;
  incoming: number;
};
