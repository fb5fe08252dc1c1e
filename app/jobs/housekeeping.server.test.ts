import { access, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished } from "vitest";
import type { Database } from "#app/lib/db.server.ts";
import { createLog } from "#app/lib/log.server.ts";
import { createBulkWaker } from "#app/shopify/bulk/bulk-waker.ts";
import { tokenTest as test } from "#tests/setup/a-shop-with-token.ts";
import { folderOfJob } from "./folder-of-job.server.ts";
import { keepHouse } from "./housekeeping.server.ts";

const HOUR_MS = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR_MS);
const longAgo = ago(10 * 24);
const payload = { rawData: "{}", contentHash: "hash", source: "webhook" };

/** What a shop that keeps and waits for so many days has from ten days ago: a delivery, a payload that was replaced, a parcel's last news. */
async function leave({ prisma }: Database, shop: string, days: number) {
  const retention = { deliveryLogRetentionDays: days, historyRetentionDays: days };
  const settings = { ...retention, deliveryUnknownAfterDays: days };
  await prisma.shop.upsert({ where: { shop }, create: { shop, settings }, update: { settings } });
  const delivery = { webhookId: "1", topic: "orders/updated", outcome: "stored", receivedAt: longAgo };
  await prisma.webhookDelivery.create({ data: { shop, ...delivery } });
  const replaced = { kind: "order", id: "1", shape: "rest", receivedAt: longAgo, supersededAt: longAgo };
  await prisma.shopifyPayloadHistory.create({ data: { shop, ...payload, ...replaced } });
  const order = { id: "1", rawShape: "rest", processedAt: longAgo };
  await prisma.shopifyOrderCache.create({ data: { shop, ...payload, ...order } });
  const parcel = { shopifyOrderId: "1", id: "1", state: "in_transit", origin: "shopify", newsAt: longAgo };
  await prisma.parcel.create({ data: { shop, ...parcel } });
}

test("one round does every task, in every shop by its own settings", async ({ sim, database }) => {
  const { prisma } = database;
  const [shop, patient] = [sim.shop, "patient.myshopify.com"];
  await leave(database, shop, 3);
  await leave(database, patient, 60);
  const request = { kind: "data_request", receivedAt: longAgo, dueAt: longAgo };
  await prisma.privacyRequest.create({
    data: { shop, ...request, export: "a person", expiresAt: ago(1) },
  });
  const call = { actor: "key 1", at: ago(91 * 24) };
  for (const action of ["api.listJobs", "settings.saved"])
    await prisma.auditLog.create({ data: { shop, action, ...call } });
  const sku = { id: "sku", productId: "p", variationId: "v", title: "Kurta", shopifyInventoryItemId: "5" };
  await prisma.sku.create({ data: { shop, ...sku } });
  const level = { id: "5@6", rawShape: "rest", shopifyInventoryItemId: "5", shopifyLocationId: "6" };
  await prisma.shopifyInventoryCache.create({ data: { shop, ...payload, ...level } });
  const counts = { roots: 1, created: 1, updated: 0, unchanged: 0, superseded: 0 };
  const batch = { operationId: "of no job", layout: "1", partition: 0, batch: 0 };
  await prisma.shopifyBulkBatch.create({ data: { shop, ...batch, ...counts } });
  await sim.expireIn(-23 * HOUR_MS);
  const workDir = await mkdtemp(path.join(tmpdir(), "house-"));
  onTestFinished(() => rm(workDir, { recursive: true }));
  const stale = folderOfJob({ workDir }, { shop, id: "a job nobody knows" });
  await mkdir(stale, { recursive: true });

  const context = { env: sim.env, database, fetch: sim.fetch, log: createLog("silent"), workDir };
  const { signal } = new AbortController();
  await keepHouse({ ...context, now: () => new Date(), waker: createBulkWaker() }, signal);

  const whose = (rows: { shop: string }[]) => rows.map((row) => row.shop);
  expect(whose(await prisma.webhookDelivery.findMany())).toEqual([patient]);
  expect(whose(await prisma.shopifyPayloadHistory.findMany())).toEqual([patient]);
  // The order of a silent parcel is computed again.
  expect(whose(await prisma.shopifyOrderCache.findMany({ where: { processedAt: null } }))).toEqual([shop]);
  expect(await prisma.privacyRequest.findMany()).toMatchObject([{ shop, export: null }]);
  expect(await prisma.auditLog.findMany()).toMatchObject([{ action: "settings.saved" }]);
  expect(await prisma.shopifyInventoryCache.findMany()).toMatchObject([{ id: "5@6", skuId: "sku" }]);
  expect(await prisma.shopifyBulkBatch.count()).toBe(0);
  expect((await sim.session()).expires?.getTime()).toBeGreaterThan(Date.now());
  await expect(access(stale)).rejects.toMatchObject({ code: "ENOENT" });
});
