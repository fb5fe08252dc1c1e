import { idFromGid } from "#app/lib/gid.ts";

import type { AdminClient } from "./client/admin-client.server.ts";

/** How much there is in a shop, and its first products. */
export type Preview = {
  products: number;
  /** All of them: Shopify counts customers by no number of orders. */
  customers: number;
  orders: number;
  firstProducts: { id: string; title: string; status: string; variants: number }[];
};

// Shopify stops counting at 10,000 unless `limit` is null (Shopify's docs, productsCount).
const DOCUMENT = `query Preview {
  productsCount(limit: null) { count }
  customersCount(limit: null) { count }
  ordersCount(limit: null) { count }
  products(first: 5) { nodes { id title status variantsCount { count } } }
}`;

type Count = { count: number } | null;
type Answer = {
  productsCount: Count;
  customersCount: Count;
  ordersCount: Count;
  products: { nodes: { id: string; title: string; status: string; variantsCount: Count }[] };
};

/** Asks Shopify in one request. Throws what the client throws. */
export async function fetchPreview(client: AdminClient): Promise<Preview> {
  const { data } = await client.graphql<Answer>(DOCUMENT);
  return {
    products: data.productsCount?.count ?? 0,
    customers: data.customersCount?.count ?? 0,
    orders: data.ordersCount?.count ?? 0,
    firstProducts: data.products.nodes.map((product) => ({
      id: idFromGid(product.id),
      title: product.title,
      status: product.status,
      variants: product.variantsCount?.count ?? 0,
    })),
  };
}
