import { describe, expect } from "vitest";
import { connectedTest as test, type ConnectedShop } from "#tests/setup/a-connected-shop.ts";
import type { PayloadShape } from "./cache-tables.ts";
import { ingestDelivery } from "./ingest-delivery.server.ts";
import { ingestPayloads } from "./ingest.server.ts";
import { runDueFetches } from "./run-due-fetches.server.ts";

const now = () => new Date();

function aShop({ pool, shop, client, scopes }: ConnectedShop) {
  const entry = async (id: string) => {
    const { rows } = await pool.query<{ wish: string | null; gone: boolean }>(
      `SELECT "needsFetch" AS wish, "deletedAt" IS NOT NULL AS gone FROM "ShopifyOrderCache" WHERE shop = $1 AND id = $2`,
      [shop, id],
    );
    return rows[0];
  };
  return {
    entry,
    /** orders/delete, in this shop's log or another's. */
    tellDeletion: (recordId: string, of = shop) =>
      ingestDelivery(pool, {
        ...{
          shop: of,
          webhookId: `gone ${recordId}`,
          eventId: null,
          topic: "orders/delete",
          apiVersion: "2026-10",
        },
        ...{
          kind: "order",
          recordId,
          payload: null,
          isNews: true,
          triggeredAt: now().toISOString(),
          now: now(),
        },
        body: Buffer.from(JSON.stringify({ id: recordId })),
      }),
    store: (shape: PayloadShape, recordIds: readonly string[]) =>
      ingestPayloads(pool, {
        ...{ shop, kind: "order", source: shape === "bulk" ? "dump" : "webhook", now: now() },
        payloads: recordIds.map((id) => ({
          ...{ id, shape, triggeredAt: null, shopifyUpdatedAt: "2026-11-20T10:00:00Z" },
          raw: JSON.stringify({ id, createdAt: now().toISOString(), created_at: now().toISOString() }),
        })),
      }),
    ask: () =>
      runDueFetches(pool, {
        ...{ shop, limit: 50, now, connect: () => Promise.resolve({ client, scopes }) },
      }),
  };
}

describe.for(["bulk", "rest"] as const)("an order that comes by %s after its deletion was told", (shape) => {
  test("is asked for, and gone when Shopify confirms it", async ({ connect }) => {
    const { tellDeletion, store, ask, entry } = aShop(await connect());
    await tellDeletion("999999999");
    await store(shape, ["999999998", "999999999"]);
    expect(await entry("999999998")).toEqual({ wish: null, gone: false });
    expect(await entry("999999999")).toEqual({ wish: "News: orders/delete", gone: false });
    expect(await ask()).toMatchObject({ taken: 1, gone: 1 });
    expect(await entry("999999999")).toEqual({ wish: null, gone: true });
    // Told of once more it stays gone, and nobody asks again.
    await store(shape === "bulk" ? "rest" : "bulk", ["999999999"]);
    expect(await ask()).toMatchObject({ taken: 0 });
    expect(await entry("999999999")).toMatchObject({ gone: true });
  });
});

test("another shop's deletion is nobody's here", async ({ connect }) => {
  const { tellDeletion, store, entry } = aShop(await connect());
  await tellDeletion("999999999", "other.myshopify.com");
  await store("bulk", ["999999999"]);
  expect(await entry("999999999")).toMatchObject({ wish: null });
});
