import type { Pool } from "pg";
import { expect } from "vitest";

import { databaseTest as test } from "#tests/setup/test-database.ts";

import { ingestPayloads } from "./ingest.server.ts";
import {
  listFulfillmentOrderVersions,
  listPayloadVersions,
  loadPayloadText,
} from "./list-payload-versions.server.ts";
import { isEntryForgotten, loadEntryState } from "./load-entry-state.server.ts";
import { retryFailed } from "./retry-failed.server.ts";
import { setTombstones } from "./tombstones.server.ts";

const shop = "one.myshopify.com";
const key = { shop, kind: "order", id: "1" } as const;
const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 10, minute));

async function bring(pool: Pool, minute: number, shape: "rest" | "bulk", raw: string, of = shop) {
  const payload = { id: "1", shape, raw, shopifyUpdatedAt: at(minute).toISOString(), triggeredAt: null };
  const source = shape === "rest" ? "webhook" : "dump";
  await ingestPayloads(pool, { shop: of, kind: "order", source, now: at(minute), payloads: [payload] });
}

test("every payload that is kept is listed once, those in use first, and has its own text", async ({
  database: { pool },
}) => {
  await bring(pool, 1, "bulk", '{"bulk":1}');
  await bring(pool, 2, "rest", '{"rest":1}');
  await bring(pool, 3, "rest", '{"rest":22}');
  await bring(pool, 4, "rest", '{"rest":333}');
  await bring(pool, 5, "rest", '{"rest":"other"}', "other.myshopify.com");
  const versions = await listPayloadVersions(pool, key);
  const texts = await Promise.all(versions.map((version) => loadPayloadText(pool, { shop, ...version })));
  expect(
    versions.map(({ shape, source, bytes, supersededAt }, i) => [
      shape,
      source,
      bytes,
      supersededAt,
      texts[i],
    ]),
  ).toEqual([
    ["rest", "webhook", 12, null, '{"rest":333}'],
    ["bulk", "dump", 10, null, '{"bulk":1}'],
    ["rest", "webhook", 11, at(4), '{"rest":22}'],
    ["rest", "webhook", 10, at(3), '{"rest":1}'],
  ]);
});

test("another shop's payload is not there, whoever knows its name", async ({ database: { pool } }) => {
  await bring(pool, 1, "rest", '{"rest":1}');
  const [version] = await listPayloadVersions(pool, key);
  if (!version) throw new Error("nothing is kept");
  const other = "other.myshopify.com";
  expect(await loadPayloadText(pool, { ...version, shop: other })).toBeNull();
  expect(await listPayloadVersions(pool, { ...key, shop: other })).toEqual([]);
  expect(await loadEntryState(pool, { ...key, shop: other })).toBeNull();
});

test("an order's fulfilment orders are listed with it, and their texts are had by their own ids", async ({
  database: { pool },
}) => {
  const payload = {
    ...{ id: "77", shape: "rest" as const, raw: '{"fo":77}', shopifyUpdatedAt: null, triggeredAt: null },
    header: { orderId: "1" },
  };
  await ingestPayloads(pool, {
    ...{ shop, kind: "fulfillment_order", source: "webhook", now: at(1), payloads: [payload] },
  });
  const [version] = await listFulfillmentOrderVersions(pool, { shop, orderId: "1" });
  expect(version).toMatchObject({ kind: "fulfillment_order", id: "77", bytes: 9 });
  expect(version && (await loadPayloadText(pool, { shop, ...version }))).toBe('{"fo":77}');
});

test("an entry of somebody who is forgotten says so, of nobody else", async ({ database: { pool } }) => {
  await setTombstones(pool, { shop, kind: "order", ids: ["1"], now: at(1) });
  await setTombstones(pool, { shop, kind: "customer", ids: ["2"], now: at(1) });
  expect(await isEntryForgotten(pool, key)).toBe(true);
  expect(await isEntryForgotten(pool, { ...key, id: "2" })).toBe(false);
  expect(await isEntryForgotten(pool, { shop, kind: "customer", id: "2" })).toBe(true);
  expect(await isEntryForgotten(pool, { shop, kind: "product", id: "1" })).toBe(false);
});

test("of a kind only what failed with a named error is tried again", async ({ database: { pool } }) => {
  await pool.query(
    `insert into "ShopifyOrderCache" (shop, id, "rawData", "rawShape", "contentHash", source, "errorCode", attempts)
     select $1, code, '{}', 'bulk', '', 'dump', code, 3 from unnest(array['SKU_NOT_FOUND', 'INTERNAL']) code`,
    [shop],
  );
  expect(await retryFailed(pool, { shop, kind: "order", codes: ["INTERNAL"] })).toBe(1);
  expect(await loadEntryState(pool, { ...key, id: "INTERNAL" })).toMatchObject({
    status: "pending",
    attempts: 0,
  });
  expect(await loadEntryState(pool, { ...key, id: "SKU_NOT_FOUND" })).toMatchObject({ status: "failed" });
  expect(await retryFailed(pool, { shop, kind: "product" })).toBe(0);
  expect(await retryFailed(pool, { shop, kind: "order" })).toBe(1);
});
