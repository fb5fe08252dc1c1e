import { expect, onTestFinished, test } from "vitest";

import { createLog } from "#app/lib/log.server.ts";
import { startSimulator } from "#simulator/start-simulator.ts";
import { fetchFromSimulator } from "#tests/setup/simulated-shop.ts";
import { createAdminClient } from "./client/admin-client.server.ts";
import { listCreatedOrders } from "./list-created-orders.server.ts";

const TOKEN = "shpat_0123456789abcdef0123456789abcdef";
/** The seeded store's entire calendar. */
const EVER = { from: new Date("2025-01-01T00:00:00Z"), until: new Date("2026-11-22T00:00:00Z") };

/** A client of a store with so many orders; `rewrite` puts another text in an answer's place. */
async function aClient(orders: number, rewrite: (answer: string) => string = (answer) => answer) {
  const simulator = await startSimulator({ orders, seed: 2, staticToken: TOKEN, bucketSize: 20_000 });
  onTestFinished(() => simulator.close());
  const send = fetchFromSimulator(simulator.url);
  const client = createAdminClient({
    ...{ shop: simulator.domain, apiVersion: "2026-10", log: createLog("silent") },
    getAccessToken: () => Promise.resolve(TOKEN),
    fetch: async (input, init) => {
      const response = await send(input, init);
      return new Response(rewrite(await response.text()), { status: response.status });
    },
  });
  return { simulator, client };
}

test("every order of the period comes, page by page, each with its total", async () => {
  const { simulator, client } = await aClient(600);
  const told = await listCreatedOrders(client, EVER);
  if (told.kind !== "listed") throw new Error(told.kind);
  expect(new Set(told.orders.map(({ id }) => id)).size).toBe(600);
  const paise = told.orders
    .filter((order) => !order.test)
    .reduce((sum, { total }) => sum + Math.round(Number(total) * 100), 0);
  expect((paise / 100).toFixed(2)).toBe(simulator.store.expectations().totals["INR"]);
  // One count and three pages of 250.
  expect(simulator.requests()).toHaveLength(4);
});

test("more than 10,000 are only counted, without test orders", async () => {
  const { simulator, client } = await aClient(10_050);
  const told = await listCreatedOrders(client, EVER);
  expect(told).toEqual({ kind: "counted", orders: simulator.store.expectations().orders });
  expect(simulator.requests()).toHaveLength(1);
});

/** The first node of a page is lost on the way. */
const loseOne = (answer: string) => answer.replace(/("nodes":\[)\{"id":"[^"]+".*?\}\}\},/, "$1");

test("law 9: a list that is not Shopify's count is asked for once more", async () => {
  let losses = 0;
  const { client } = await aClient(10, (answer) =>
    answer.includes('"nodes"') && losses++ === 0 ? loseOne(answer) : answer,
  );
  const told = await listCreatedOrders(client, EVER);
  expect([told.kind, losses]).toEqual(["listed", 2]);
});

test("law 9: a list that is twice not Shopify's count is no list", async () => {
  const { client } = await aClient(10, loseOne);
  expect(await listCreatedOrders(client, EVER)).toEqual({ kind: "disagrees", counted: 10, listed: 9 });
});

test("a period that Shopify did not understand is refused, for all orders would come", async () => {
  const warned = (answer: string) =>
    answer.replace(
      '"extensions":{',
      '"extensions":{"search":[{"path":["orders"],"query":"","warnings":[{"field":"created_at","message":"Invalid search field for this query."}]}],',
    );
  const { client } = await aClient(10, warned);
  await expect(listCreatedOrders(client, EVER)).rejects.toMatchObject({
    code: "SHOPIFY_REFUSED",
    message: expect.stringContaining("created_at: Invalid search field"),
  });
});
