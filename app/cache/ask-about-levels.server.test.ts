import { describe, expect } from "vitest";
import { processPendingInventory } from "#app/erp/inventory/process-pending-inventory.server.ts";
import { inTransaction } from "#app/lib/db.server.ts";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import { connectedTest as test, type ConnectedShop } from "#tests/setup/a-connected-shop.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { ingestPayloads } from "./ingest.server.ts";
import { newsWish } from "./news-wish.ts";
import { runDueFetches } from "./run-due-fetches.server.ts";
import { wishFor } from "./wish-for.server.ts";

type Level = {
  id: string;
  available: number | null;
  gone: boolean;
  wish: string | null;
  onHand: number | null;
};

/** A shop with an item that a new location of it stocks. */
function aShop({ pool, shop, store, client, scopes, simulator }: ConnectedShop) {
  const item = store.collection("inventoryItems")?.at(0).id ?? "";
  const location = simulator.act({ act: "createLocation", name: "Pune" }).id;
  const [itemId = "", locationId = ""] = [item, location].map((gid) => gid.split("/").at(-1) ?? "");
  const id = `${itemId}@${locationId}`;
  return {
    connectStock: (available: number) => simulator.act({ act: "connectStock", item, location, available }),
    disconnectStock: () => simulator.act({ act: "disconnectStock", item, location }),
    /** A webhook's body with what is available, as of `at`. */
    tell: (available: number, at = new Date()) =>
      ingestPayloads(pool, {
        ...{ shop, kind: "inventory", source: "webhook", now: new Date() },
        payloads: [
          {
            ...{ id, shape: "rest", triggeredAt: at.toISOString() },
            shopifyUpdatedAt: new Date(Math.floor(at.getTime() / 1000) * 1000).toISOString(),
            raw: JSON.stringify({ inventory_item_id: itemId, location_id: locationId, available }),
            header: { shopifyInventoryItemId: itemId, shopifyLocationId: locationId },
          },
        ],
      }),
    tellDisconnection: (at = new Date()) =>
      inTransaction(pool, (tx) =>
        wishFor(tx, {
          ...{ shop, kind: "inventory" },
          wishes: [{ id, reason: newsWish("inventory_levels/disconnect"), at }],
        }),
      ),
    ask: (by: AdminClient = client) =>
      runDueFetches(pool, {
        ...{ shop, limit: 50, now: () => new Date(), connect: () => Promise.resolve({ client: by, scopes }) },
      }),
    /** A client whose answers lack the level, as Shopify's may for a moment after its webhook. */
    blind: {
      ...client,
      async graphql(...request) {
        const answer = await client.graphql<{ nodes: { inventoryLevels: { nodes: SimNode[] } }[] }>(
          ...request,
        );
        for (const { inventoryLevels } of answer.data.nodes)
          inventoryLevels.nodes = inventoryLevels.nodes.filter(
            (level) => (level["location"] as SimNode).id !== location,
          );
        return answer as never;
      },
    } satisfies AdminClient,
    level: async () => {
      await processPendingInventory(pool, { shop, limit: 10, now: new Date() });
      const { rows } = await pool.query<Level>(
        `SELECT id, "availableQty" AS available, "onHandQty" AS "onHand", "deletedAt" IS NOT NULL AS gone, "needsFetch" AS wish
         FROM "ShopifyInventoryCache" WHERE shop = $1 AND id = $2`,
        [shop, id],
      );
      return rows[0];
    },
  };
}

describe("a stock level", () => {
  test("that a webhook is the first to tell of is asked for: it tells only what is available", async ({
    connect,
  }) => {
    const { connectStock, tell, ask, level } = aShop(await connect());
    connectStock(5);
    await tell(5);
    expect(await level()).toMatchObject({
      ...{ available: 5, onHand: null, gone: false },
      wish: "A webhook tells only what is available",
    });
    await ask();
    expect(await level()).toMatchObject({ available: 5, onHand: 5, wish: null });
    // Its next webhook is no reason to ask again.
    await tell(4, new Date(Date.now() + 2_000));
    expect(await level()).toMatchObject({ available: 4, onHand: 5, wish: null });
  });

  test("is gone when Shopify confirms its disconnection, and not before", async ({ connect }) => {
    const { connectStock, disconnectStock, tell, tellDisconnection, ask, level } = aShop(await connect());
    connectStock(5);
    await tell(5);
    await ask();
    await tellDisconnection();
    // It was not disconnected after all, or connected again.
    await ask();
    expect(await level()).toMatchObject({ available: 5, gone: false, wish: null });
    disconnectStock();
    await tellDisconnection();
    await ask();
    expect(await level()).toMatchObject({ available: null, onHand: null, gone: true, wish: null });
  });

  test("that is gone does not come back by a late webhook", async ({ connect }) => {
    const { tell, tellDisconnection, ask, level } = aShop(await connect());
    const before = new Date(Date.now() - 60_000);
    await tell(5, before);
    await ask();
    expect(await level()).toMatchObject({ gone: true, wish: null });
    // Told before it ended, came after; its second is even the newest.
    await tell(7, new Date(before.getTime() + 1_000));
    expect(await level()).toMatchObject({
      available: null,
      gone: true,
      wish: "Told of again after it was gone",
    });
    expect(await ask()).toMatchObject({ taken: 1, gone: 1 });
    expect(await level()).toMatchObject({ available: null, gone: true, wish: null });
    // Nor does a late notice of its end ask for ever.
    await tellDisconnection(before);
    await ask();
    expect(await ask()).toMatchObject({ taken: 0 });
  });

  test("that is connected again comes back with what Shopify says then", async ({ connect }) => {
    const { connectStock, tell, ask, level } = aShop(await connect());
    await tell(5);
    await ask();
    expect(await level()).toMatchObject({ gone: true });
    connectStock(3);
    await tell(3);
    expect(await level()).toMatchObject({ available: null, gone: true });
    await ask();
    expect(await level()).toMatchObject({ available: 3, onHand: 3, gone: false, wish: null });
  });

  test("that an answer left out and the next one has comes back, though nothing about it changed", async ({
    connect,
  }) => {
    const { connectStock, tellDisconnection, ask, blind, level } = aShop(await connect());
    connectStock(5);
    await tellDisconnection();
    await ask();
    expect(await level()).toMatchObject({ available: 5, onHand: 5, gone: false });
    await tellDisconnection();
    await ask(blind);
    expect(await level()).toMatchObject({ available: null, gone: true });
    await tellDisconnection();
    await ask();
    expect(await level()).toMatchObject({ available: 5, onHand: 5, gone: false, wish: null });
  });
});
