/** A person whom a shop knows: Shopify's ids of the customer (with those merged into them) and of their orders. */
export type Person = { shop: string; customerIds: readonly string[]; orderIds: readonly string[] };

/** How many rows of which table were reached. */
export type Counts = Record<string, number>;
