/** Two customers who become one, told in any order: what brings them, and what is then there. */
import type { Pool } from "pg";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { processPendingOrders } from "#app/erp/processor/process-pending-orders.server.ts";
import { inTransaction } from "#app/lib/db.server.ts";
import { anOrder } from "#tests/fixtures/an-order.ts";
import { mergeCustomers } from "./merge-customers.server.ts";
import { processPendingCustomers } from "./process-pending-customers.server.ts";

export const shop = "loom.myshopify.com";
export const now = new Date("2026-11-22T10:00:00Z");
export const day = (n: number) => `2026-11-0${String(n)}T00:00:00Z`;

export async function ingest(
  pool: Pool,
  kind: "order" | "customer",
  node: Record<string, unknown>,
  source: "dump" | "webhook" = "dump",
) {
  const payload = {
    id: String(node["id"]).split("/").at(-1) ?? "",
    shape: "bulk" as const,
    raw: JSON.stringify(node),
    shopifyUpdatedAt: String(node["updatedAt"]),
    triggeredAt: null,
  };
  await ingestPayloads(pool, { shop, kind, source, payloads: [payload], now });
}

export const anOrderOf = (customer: string, id: string, at: string, contact: Record<string, unknown> = {}) =>
  anOrder({
    id,
    updatedAt: at,
    createdAt: at,
    customer: { id: `gid://shopify/Customer/${customer}`, firstName: `Order ${id}`, ...contact },
  });
export const aCustomer = (id: string, at: string, rest: Record<string, unknown> = {}) => ({
  __typename: "Customer",
  id: `gid://shopify/Customer/${id}`,
  updatedAt: at,
  firstName: `Own ${id}`,
  lastName: null,
  tags: ["vip"],
  state: "ENABLED",
  numberOfOrders: "0",
  defaultEmailAddress: { emailAddress: `own${id}@x.in`, marketingState: "SUBSCRIBED" },
  defaultPhoneNumber: null,
  ...rest,
});

export const orders = (pool: Pool) => processPendingOrders(pool, { shop, limit: 100, now });
export const customers = (pool: Pool) => processPendingCustomers(pool, { shop, limit: 100, now });
export const merge = (pool: Pool, keptShopifyId: string, goneShopifyId: string) =>
  inTransaction(pool, (tx) => mergeCustomers(tx, { shop, keptShopifyId, goneShopifyId, now }));

/** Records by Shopify id, and whose record each order points to. */
export async function state(pool: Pool) {
  const found = await pool.query<Record<string, unknown>>(
    `select customer."shopifyCustomerId" as id, customer."firstName" as name, customer.email, customer.tags, customer.state,
            customer."archivedAt" is not null as archived, kept."shopifyCustomerId" as into
       from "Customer" customer left join "Customer" kept on kept.shop = customer.shop and kept.id = customer."mergedIntoId"
      where customer.shop = $1 order by 1`,
    [shop],
  );
  const pointing = await pool.query<{ id: string; of: string | null; named: string | null }>(
    `select "Order"."shopifyOrderId" as id, customer."shopifyCustomerId" as of, "Order"."shopifyCustomerId" as named
       from "Order" left join "Customer" customer on customer.shop = "Order".shop and customer.id = "Order"."customerId"
      where "Order".shop = $1 order by 1`,
    [shop],
  );
  return { customers: found.rows, orders: pointing.rows };
}
export const feed = async (pool: Pool, after = 0) =>
  (
    await pool.query<{ entity: string; change: string; parts: string[] }>(
      `select entity, change, parts from "ChangeFeed" where shop = $1 and seq > $2 order by entity, change`,
      [shop, after],
    )
  ).rows;
export const lastOfFeed = async (pool: Pool) =>
  (await pool.query<{ seq: number }>(`select coalesce(max(seq), 0) as seq from "ChangeFeed"`)).rows[0]?.seq ??
  0;
