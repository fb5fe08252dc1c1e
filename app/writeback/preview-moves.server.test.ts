import { expect } from "vitest";
import { inTransaction } from "#app/lib/db.server.ts";
import { enqueueIntents } from "#app/outbox/enqueue-intents.server.ts";
import type { OutboxIntent } from "#app/outbox/outbox-intent.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { showPreview } from "./show-preview.server.ts";

const shop = "loom.myshopify.com";
const other = "weft.myshopify.com";
const now = new Date("2026-11-26T10:00:00Z");

const parcel = (orderId: string, locationId: string | null): OutboxIntent => ({
  ...{ kind: "fulfillmentCreate", entity: "order", entityId: orderId },
  payload: {
    ...{ parcelId: `p${orderId}`, lines: [{ lineId: "1", qty: 1 }], locationId, notifyCustomer: true },
    ...{ awbNumber: null, courier: null, trackingUrl: null },
  },
});

test("moving shows from where to where, of the parcels that name a location, and says nothing of messages", async ({
  database: { pool },
}) => {
  await pool.query(`insert into "Shop" (shop, "installedAt") values ($1, $3), ($2, $3)`, [shop, other, now]);
  await pool.query(
    `insert into "ShopifyLocation" (shop, id, name) values ($1, '20', 'Pune'), ($2, '20', 'Agra')`,
    [...[shop, other]],
  );
  const at = (id: string, name: string) => ({ name, location: { id: `gid://shopify/Location/${id}` } });
  for (const [of, id, orderId, status, place] of [
    [shop, "1", "1", "OPEN", at("10", "Delhi")],
    [shop, "2", "1", "CLOSED", at("30", "Surat")],
    [shop, "3", "2", "OPEN", at("20", "Pune")],
    [other, "4", "3", "OPEN", at("40", "Agra")],
  ] as const)
    await pool.query(
      `insert into "ShopifyFulfillmentOrderCache" (shop, id, "orderId", "rawData", "rawShape", "contentHash", source)
       values ($1, $2, $3, $4, 'bulk', '', 'dump')`,
      [of, id, orderId, JSON.stringify({ status, assignedLocation: place })],
    );
  await inTransaction(pool, (tx) =>
    enqueueIntents(tx, {
      intents: [parcel("1", "20"), parcel("2", "20"), parcel("3", "50"), parcel("4", null)],
      ...{ shop, actor: "Ravi", now },
    }),
  );
  const seen = await showPreview(pool, { shop, kind: "fulfillmentOrderMove", actor: "7", now });
  expect(seen).toMatchObject({ kind: "fulfillmentOrderMove", waiting: 3 });
  expect(Object.fromEntries(seen.examples.map(({ orderId, words }) => [orderId, words]))).toEqual({
    "1": "move what is to be fulfilled from Delhi to Pune",
    "2": "nothing to move: it is to be fulfilled from Pune already",
    "3": "move what Shopify has at another location to location 50",
  });
  expect(seen.examples.some(({ notifies, refunds }) => notifies || refunds)).toBe(false);
  const { rows } = await pool.query(`select shop, kind, actor, figures from "WriteBackPreview"`);
  expect(rows).toMatchObject([{ shop, kind: "fulfillmentOrderMove", actor: "7", figures: { waiting: 3 } }]);
});
