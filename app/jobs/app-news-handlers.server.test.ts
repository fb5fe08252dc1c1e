/** What follows from news about the app itself, from Shopify's signed delivery to what stands in the database. */
import { expect } from "vitest";
import { createBulkWaker } from "#app/shopify/bulk/bulk-waker.ts";
import { readAppSubscriptions } from "#simulator/webhooks/app-subscriptions.ts";
import { connectedTest } from "#tests/setup/a-connected-shop.ts";
import { serveWebhookRoutes } from "#tests/webhooks/serve-webhook-routes.ts";
import { appNewsHandlers } from "./app-news-handlers.server.ts";
import { handleNews } from "./handle-news.server.ts";
import { startJob } from "./start-job.server.ts";

/** `tell(topic)`: the simulated shop delivers it to the app's routes, and a worker takes its turn. */
const test = connectedTest.extend("aShop", async ({ connect, database }, { onCleanup }) => {
  const sim = await connect({ webhookPaths: readAppSubscriptions("shopify.app.toml") });
  const { shop, pool, store, simulator, context } = sim;
  const served = await serveWebhookRoutes(context);
  onCleanup(() => served.close());
  simulator.webhooks.targets.appUrl = served.url;
  const handlers = appNewsHandlers({ ...context, waker: createBulkWaker(), workDir: "/nowhere" });
  const tell = async (topic: string, also: Record<string, unknown> = {}) => {
    simulator.webhooks.tell([{ topic, subject: store.shop, also }]);
    await simulator.webhooks.idle();
    expect(await handleNews(pool, { shop, now: new Date(), handlers })).toBe(1);
    expect(await database.prisma.webhookDelivery.findMany()).toMatchObject([
      { topic, shop, outcome: "news", errorCode: null, processedAt: expect.any(Date) as Date },
    ]);
  };
  return { ...sim, tell };
});

test("app/uninstalled: its jobs are cancelled, its token is forgotten, and no job can be started", async ({
  aShop: { shop, tell },
  database,
}) => {
  const { prisma } = database;
  const start = () =>
    startJob({ database, now: () => new Date() }, { shop, jobType: "orders", requestedBy: "test" });
  const { id } = await start();
  expect(await prisma.session.count({ where: { shop } })).toBe(1);
  await tell("app/uninstalled");
  expect(await prisma.session.count({ where: { shop } })).toBe(0);
  expect(await prisma.syncJob.findMany()).toMatchObject([{ id, status: "cancelled" }]);
  expect((await prisma.shop.findUniqueOrThrow({ where: { shop } })).uninstalledAt).not.toBeNull();
  await expect(start()).rejects.toMatchObject({ code: "TOKEN_REFUSED" });
});

test("app/scopes_update: what is granted now is known", async ({ aShop: { shop, tell }, database }) => {
  const { prisma } = database;
  const scopes = async () => (await prisma.shop.findUniqueOrThrow({ where: { shop } })).scopes;
  // The news is as old as the simulated shop's last change.
  await prisma.shop.update({ where: { shop }, data: { scopesAt: new Date("2020-01-01T00:00:00Z") } });
  const previous = await scopes();
  const current = ["read_products", "read_orders"];
  expect(previous).not.toEqual(current);
  await tell("app/scopes_update", { previous, current });
  expect(await scopes()).toEqual(current);
});
