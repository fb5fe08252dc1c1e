/** How far a level is that Shopify is to be told: it waits to be sent, or is a question to a person. */
export const stockWishes = ["waiting", "conflict"] as const;
export type StockWish = (typeof stockWishes)[number];
