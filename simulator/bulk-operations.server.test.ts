import { createHmac } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, describe, expect, test, vi } from "vitest";
import { PRODUCT_LINES, PRODUCTS, startTestApp, startTestShop, type TestShop } from "./fixtures/test-shop.ts";
import type { SimulatorOptions } from "./start-simulator.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function openShop(options?: SimulatorOptions): Promise<TestShop> {
  const shop = await startTestShop(options);
  closing.push(() => shop.simulator.close());
  return shop;
}

async function openApp(statuses?: number[]) {
  const app = await startTestApp(statuses);
  closing.push(() => {
    app.close();
  });
  return app;
}

const toApp = (url: string): SimulatorOptions => ({
  appUrl: url,
  webhookPaths: { "bulk_operations/finish": "/webhooks/bulk" },
});

async function completed(shop: TestShop, query = PRODUCTS) {
  const { bulkOperation } = await shop.runBulk(query);
  return shop.finish(bulkOperation?.id ?? "");
}

describe("an operation's life", () => {
  test("is CREATED with zero counts, RUNNING, then COMPLETED with counts as text and a file to fetch", async () => {
    const shop = await openShop({ bulkStartDelayMs: 100, bulkRunDelayMs: 600 });
    const { bulkOperation, userErrors } = await shop.runBulk(PRODUCTS);
    expect(userErrors).toEqual([]);
    expect(bulkOperation).toMatchObject({
      status: "CREATED",
      objectCount: "0",
      rootObjectCount: "0",
      fileSize: null,
      url: null,
      completedAt: null,
    });
    const id = bulkOperation?.id ?? "";
    expect(id).toMatch(/^gid:\/\/shopify\/BulkOperation\/\d+$/);
    await vi.waitFor(async () => {
      expect((await shop.poll(id)).status).toBe("RUNNING");
    });
    const done = await shop.finish(id);
    expect(done).toMatchObject({
      status: "COMPLETED",
      errorCode: null,
      objectCount: "120",
      rootObjectCount: "30",
      partialDataUrl: null,
    });
    const response = await fetch(done.url ?? "");
    const text = await response.text();
    expect(response.headers.get("content-type")).toBe("application/jsonl");
    expect(response.headers.get("content-length")).toBe(done.fileSize);
    expect(text.trimEnd().split("\n")).toHaveLength(PRODUCT_LINES);
  });

  test("a query that finds nothing succeeds without url", async () => {
    const shop = await openShop();
    expect(await completed(shop, "{ orders { edges { node { id } } } }")).toMatchObject({
      status: "COMPLETED",
      objectCount: "0",
      url: null,
    });
  });

  test("a broken rule is a userError on the field query", async () => {
    const shop = await openShop();
    expect(await shop.runBulk("{ shop { name } }")).toEqual({
      bulkOperation: null,
      userErrors: [
        { field: ["query"], message: "Bulk queries must contain at least one connection.", code: "INVALID" },
      ],
    });
  });

  test("one field without its scope fails the entire operation", async () => {
    const shop = await openShop({ scopes: ["read_products"] });
    const done = await completed(shop, "{ orders { edges { node { id } } } }");
    expect(done).toMatchObject({
      status: "FAILED",
      errorCode: "ACCESS_DENIED",
      url: null,
      partialDataUrl: null,
    });
  });

  test("something valid but not simulated is refused loudly at once", async () => {
    const shop = await openShop();
    await expect(shop.runBulk("{ products { edges { node { id descriptionHtml } } } }")).rejects.toThrow(
      "Product.descriptionHtml is not simulated yet",
    );
  });

  test("five run at a time, the sixth is told which", async () => {
    const shop = await openShop({ bulkStartDelayMs: 5, bulkRunDelayMs: 1500 });
    const started = [];
    for (let count = 0; count < 5; count++)
      started.push((await shop.runBulk(PRODUCTS)).bulkOperation?.id ?? "");
    expect(await shop.runBulk(PRODUCTS)).toEqual({
      bulkOperation: null,
      userErrors: [
        {
          field: null,
          message: `A bulk query operation for this app and shop is already in progress: ${started.join(", ")}`,
          code: "OPERATION_IN_PROGRESS",
        },
      ],
    });
    await shop.finish(started[0] ?? "");
    await vi.waitFor(async () => {
      expect((await shop.runBulk(PRODUCTS)).userErrors).toEqual([]);
    });
  });

  test("cancel: CANCELING, then CANCELED without a file; afterwards it is too late", async () => {
    const shop = await openShop({ bulkRunDelayMs: 600 });
    const cancel = (id: string) =>
      shop.ask<{ bulkOperationCancel: unknown }>(
        "mutation ($id: ID!) { bulkOperationCancel(id: $id) { bulkOperation { status } userErrors { field message } } }",
        { id },
      );
    const id = (await shop.runBulk(PRODUCTS)).bulkOperation?.id ?? "";
    expect(await cancel(id)).toEqual({
      bulkOperationCancel: { bulkOperation: { status: "CANCELING" }, userErrors: [] },
    });
    expect(await shop.finish(id)).toMatchObject({ status: "CANCELED", url: null });
    expect(await cancel(id)).toEqual({
      bulkOperationCancel: {
        bulkOperation: { status: "CANCELED" },
        userErrors: [{ field: null, message: "A bulk operation cannot be canceled when it is canceled" }],
      },
    });
    expect(await cancel("gid://shopify/BulkOperation/1")).toMatchObject({
      bulkOperationCancel: { bulkOperation: null },
    });
  });

  test("operations are listed, filtered, and found by node", async () => {
    const shop = await openShop();
    const done = await completed(shop);
    const list = (query: string) =>
      shop.ask(
        "query ($q: String) { bulkOperations(first: 5, query: $q) { edges { node { id status } } } }",
        { q: query },
      );
    const edges = [{ node: { id: done.id, status: "COMPLETED" } }];
    expect(await list("operation_type:query status:completed")).toEqual({ bulkOperations: { edges } });
    expect(await list("status:running")).toEqual({ bulkOperations: { edges: [] } });
    const node = await shop.ask(
      'query ($id: ID!) { node(id: $id) { __typename id } bulkOperation(id: "gid://shopify/BulkOperation/1") { id } }',
      { id: done.id },
    );
    expect(node).toEqual({ node: { __typename: "BulkOperation", id: done.id }, bulkOperation: null });
  });
});

describe("the file", () => {
  test("can be fetched in ranges", async () => {
    const shop = await openShop();
    const { url, fileSize } = await completed(shop);
    const whole = await (await fetch(url ?? "")).text();
    const rest = await fetch(url ?? "", { headers: { Range: "bytes=100-" } });
    expect([rest.status, rest.headers.get("content-range")]).toEqual([
      206,
      `bytes 100-${String(Number(fileSize) - 1)}/${fileSize ?? ""}`,
    ]);
    expect(await rest.text()).toBe(whole.slice(100));
    const tail = await fetch(url ?? "", { headers: { Range: "bytes=-10" } });
    expect(await tail.text()).toBe(whole.slice(-10));
    expect((await fetch(url ?? "", { headers: { Range: `bytes=${fileSize ?? ""}-` } })).status).toBe(416);
  });

  test("expires: the link answers XML, the operation EXPIRED without url", async () => {
    const clock = { ms: Date.now() };
    const shop = await openShop({ now: () => new Date(clock.ms) });
    const { id, url } = await completed(shop);
    clock.ms += 8 * 24 * 3600 * 1000;
    const response = await fetch(url ?? "");
    expect([response.status, response.headers.get("content-type")]).toEqual([
      403,
      "application/xml; charset=UTF-8",
    ]);
    expect(await response.text()).toContain("<Code>ExpiredToken</Code>");
    expect(await shop.poll(id)).toMatchObject({ status: "EXPIRED", url: null });
  });

  test("needs its token", async () => {
    const shop = await openShop();
    const { url } = await completed(shop);
    expect((await fetch((url ?? "").replace(/[0-9a-f]{32}/, "0".repeat(32)))).status).toBe(404);
  });

  test("a cut connection leaves less than announced, and the next try is whole", async () => {
    const shop = await openShop();
    const { url, fileSize } = await completed(shop);
    shop.simulator.faults.add({ kind: "file-cut", count: 1, afterBytes: 1000 });
    const cut = await fetch(url ?? "");
    expect(cut.headers.get("content-length")).toBe(fileSize);
    await expect(cut.text()).rejects.toThrow("terminated");
    expect(Buffer.byteLength(await (await fetch(url ?? "")).text())).toBe(Number(fileSize));
  });

  test("expired, down and slow on demand", async () => {
    const shop = await openShop();
    const { url } = await completed(shop);
    shop.simulator.faults.add({ kind: "file-expired", count: 1 });
    shop.simulator.faults.add({ kind: "http-5xx", target: "file", count: 1, status: 502 });
    expect((await fetch(url ?? "")).status).toBe(502);
    expect((await fetch(url ?? "")).status).toBe(403);
    shop.simulator.faults.add({ kind: "slow", target: "file", count: 1, delayMs: 120 });
    const startMs = performance.now();
    expect((await fetch(url ?? "")).status).toBe(200);
    expect(performance.now() - startMs).toBeGreaterThan(110);
  });
});

describe("a failing operation", () => {
  test("has no data, or a part of it under partialDataUrl", async () => {
    const shop = await openShop();
    shop.simulator.faults.add({ kind: "bulk-failed", count: 1 });
    expect(await completed(shop)).toMatchObject({
      status: "FAILED",
      errorCode: "INTERNAL_SERVER_ERROR",
      url: null,
      partialDataUrl: null,
    });
    shop.simulator.faults.add({ kind: "bulk-failed", count: 1, errorCode: "TIMEOUT", partialData: true });
    const partial = await completed(shop);
    expect(partial).toMatchObject({ status: "FAILED", errorCode: "TIMEOUT", url: null, objectCount: "60" });
    const text = await (await fetch(partial.partialDataUrl ?? "")).text();
    expect(text.trimEnd().split("\n")).toHaveLength(60);
    expect(await completed(shop)).toMatchObject({ status: "COMPLETED", objectCount: "120" });
  });
});

describe("bulk_operations/finish", () => {
  test("is signed over the raw body, with Shopify's headers and lower-case values", async () => {
    const app = await openApp();
    const shop = await openShop(toApp(app.url));
    const done = await completed(shop);
    await vi.waitFor(() => {
      expect(app.received).toHaveLength(1);
    });
    const [webhook] = app.received;
    expect(webhook?.path).toBe("/webhooks/bulk");
    expect(JSON.parse(webhook?.body ?? "")).toMatchObject({
      admin_graphql_api_id: done.id,
      completed_at: done.completedAt,
      error_code: null,
      status: "completed",
      type: "query",
    });
    expect(webhook?.headers).toMatchObject({
      "x-shopify-topic": "bulk_operations/finish",
      "x-shopify-shop-domain": "tiny.myshopify.com",
      "x-shopify-api-version": "2026-10",
      "x-shopify-hmac-sha256": createHmac("sha256", shop.simulator.apiSecret)
        .update(webhook?.body ?? "")
        .digest("base64"),
    });
    expect(webhook?.headers["x-shopify-webhook-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(webhook?.headers["x-shopify-event-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(webhook?.headers["x-shopify-triggered-at"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
  });

  test("is tried again with the same id and body until the app says 2xx", async () => {
    const app = await openApp([500, 302, 200]);
    const shop = await openShop(toApp(app.url));
    await completed(shop);
    await vi.waitFor(() => {
      expect(app.received).toHaveLength(3);
    });
    await wait(60);
    expect(app.received).toHaveLength(3);
    expect(new Set(app.received.map((webhook) => webhook.headers["x-shopify-webhook-id"])).size).toBe(1);
    expect(new Set(app.received.map((webhook) => webhook.body)).size).toBe(1);
  });

  test("is given up after eight retries", async () => {
    const app = await openApp(Array.from({ length: 20 }, () => 503));
    const shop = await openShop({ ...toApp(app.url), webhookRetryWaitsMs: [1, 1, 1, 1, 1, 1, 1, 1] });
    await completed(shop);
    await vi.waitFor(() => {
      expect(app.received).toHaveLength(9);
    });
    await wait(50);
    expect(app.received).toHaveLength(9);
  });

  test("can be lost, and can come twice under one id", async () => {
    const app = await openApp();
    const shop = await openShop(toApp(app.url));
    shop.simulator.faults.add({ kind: "webhook-lost", topic: "bulk_operations/finish", count: 1 });
    await completed(shop);
    await wait(60);
    expect(app.received).toHaveLength(0);
    shop.simulator.faults.add({ kind: "webhook-doubled", topic: "bulk_operations/finish", count: 1 });
    await completed(shop);
    await vi.waitFor(() => {
      expect(app.received).toHaveLength(2);
    });
    expect(app.received[0]?.headers["x-shopify-webhook-id"]).toBe(
      app.received[1]?.headers["x-shopify-webhook-id"],
    );
  });
});
