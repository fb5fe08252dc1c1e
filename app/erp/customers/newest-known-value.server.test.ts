import type { Pool } from "pg";
import { expect } from "vitest";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { processPendingOrders } from "#app/erp/processor/process-pending-orders.server.ts";
import { anOrder } from "#tests/fixtures/an-order.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { processPendingCustomers } from "./process-pending-customers.server.ts";

const shop = "loom.myshopify.com";
const now = new Date("2026-11-22T10:00:00Z");

type Contact = { email?: string; phone?: string; firstName?: string };
const told = ({ email, phone, firstName }: Contact) => ({
  ...(email !== undefined && { defaultEmailAddress: { emailAddress: email } }),
  ...(phone !== undefined && { defaultPhoneNumber: { phoneNumber: phone } }),
  ...(firstName !== undefined && { firstName }),
});
const at = (day: number) => `2026-11-0${String(day)}T00:00:00Z`;
const order = (day: number, contact: Contact) => ({
  kind: "order" as const,
  node: anOrder({
    id: String(100 + day),
    updatedAt: at(day),
    customer: { id: "gid://shopify/Customer/1", ...told(contact) },
  }),
});
const own = (day: number, rest: Record<string, unknown>) => ({
  kind: "customer" as const,
  node: {
    id: "gid://shopify/Customer/1",
    updatedAt: at(day),
    numberOfOrders: "3",
    defaultEmailAddress: null,
    defaultPhoneNumber: null,
    firstName: null,
    lastName: null,
    ...rest,
  },
});

async function ingest(pool: Pool, { kind, node }: ReturnType<typeof order> | ReturnType<typeof own>) {
  const payload = {
    id: node.id.split("/").at(-1) ?? "",
    shape: "bulk" as const,
    raw: JSON.stringify(node),
    shopifyUpdatedAt: String(node["updatedAt"]),
    triggeredAt: null,
  };
  await ingestPayloads(pool, { shop, kind, source: "dump", payloads: [payload], now });
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}

test.for([
  [
    "orders that each tell a part",
    [
      order(2, { email: "a@x.in", phone: "+919812345678" }),
      order(5, { phone: "+919812345679" }),
      order(8, { firstName: "Asha" }),
    ],
    { email: "a@x.in", phone: "+919812345679", firstName: "Asha" },
  ],
  [
    "a customer's own word that there is none, orders before and after it",
    [
      own(5, { firstName: "Own" }),
      order(3, { email: "old@x.in", phone: "+919812345678", firstName: "Old" }),
      order(7, { phone: "+919812345679" }),
      order(9, { phone: "+919812345670", firstName: "New" }),
    ],
    { email: null, phone: "+919812345670", firstName: "New" },
  ],
  [
    "a customer's own word that an order had already said, and an order between the two",
    [
      order(2, { email: "same@x.in" }),
      order(5, { email: "other@x.in" }),
      own(8, { defaultEmailAddress: { emailAddress: "same@x.in" } }),
    ],
    { email: "same@x.in", phone: null, firstName: null },
  ],
] as const)(
  "%s: the newest known value of each field, in every order of arrival (law 4)",
  async ([, events, expected], { database: { pool } }) => {
    for (const road of permutations(events))
      for (const between of [true, false]) {
        await pool.query(
          `truncate "Customer", "Order", "ShopifyOrderCache", "ShopifyCustomerCache", "ShopifyCacheSlot", "ShopifyPayloadHistory"`,
        );
        const run = async () => {
          await processPendingOrders(pool, { shop, limit: 100, now });
          await processPendingCustomers(pool, { shop, limit: 100, now });
        };
        for (const event of road) {
          await ingest(pool, event);
          if (between) await run();
        }
        await run();
        await run();
        const { rows } = await pool.query(
          `select email, phone, "firstName" from "Customer" where shop = $1`,
          [shop],
        );
        expect(rows).toEqual([expected]);
      }
  },
);
