import type { SimNode } from "./types.ts";

/** The sales channels and apps orders come from. */
export type SalesApp = { id: string; title: string; handle: string; sourceName: string };

export const ONLINE_STORE: SalesApp = {
  id: "gid://shopify/App/580111",
  title: "Online Store",
  handle: "online_store",
  sourceName: "web",
};
export const POINT_OF_SALE: SalesApp = {
  id: "gid://shopify/App/129785",
  title: "Point of Sale",
  handle: "pos",
  sourceName: "pos",
};
export const DRAFT_ORDERS: SalesApp = {
  id: "gid://shopify/App/1354745",
  title: "Draft Orders",
  handle: "draft_orders",
  sourceName: "shopify_draft_order",
};
export const GOKWIK: SalesApp = {
  id: "gid://shopify/App/5153881",
  title: "GoKwik Checkout",
  handle: "gokwik",
  sourceName: "5153881",
};

const ALL = [ONLINE_STORE, POINT_OF_SALE, DRAFT_ORDERS, GOKWIK];

export function findApp(gid: string): SimNode | null {
  const app = ALL.find((one) => one.id === gid);
  return app ? { __typename: "App", id: app.id, title: app.title, handle: app.handle, embedded: true } : null;
}
