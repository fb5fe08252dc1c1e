import { expect } from "vitest";

import type { Database } from "#app/lib/db.server.ts";
import { readCursorText } from "#app/lib/cursor.ts";
import type { ListAt } from "#app/lib/list-page.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";

import { deliveryState, deliveryStates } from "./delivery-state.ts";
import { listDeliveryLog, type DeliveryLogFilter } from "./list-delivery-log.server.ts";
import { loadDelivery, loadDeliveryBody } from "./load-delivery.server.ts";

const shop = "a.myshopify.com";
const minute = (n: number) => new Date(Date.UTC(2026, 10, 26, 10, n));

async function receive(database: Database, n: number, delivery: Record<string, unknown> = {}) {
  await database.prisma.webhookDelivery.create({
    data: {
      ...{ shop, webhookId: `w${String(n)}`, topic: "orders/updated", kind: "order", outcome: "stored" },
      receivedAt: minute(n),
      ...delivery,
    },
  });
}

const list = (
  database: Database,
  filter: DeliveryLogFilter,
  at: ListAt = null,
  limit = 10,
  newestFirst = true,
) => listDeliveryLog(database.pool, { shop, filter, newestFirst, at, limit });
const ids = (page: { rows: { webhookId: string }[] }) =>
  page.rows.map(({ webhookId }) => webhookId).join(" ");

test("a delivery is found by topic, kind, id of the record or of itself, and when it came", async ({
  database,
}) => {
  await receive(database, 1, { recordId: "5001" });
  await receive(database, 2, { topic: "products/update", kind: "product", recordId: "5001" });
  await receive(database, 3, { topic: "refunds/create", recordId: "5002" });
  await receive(database, 4, { topic: "orders/create", kind: null, outcome: "failed", errorCode: "X" });
  await receive(database, 5, { topic: "app/scopes_update", kind: null, outcome: "noted" });
  await receive(database, 6, { shop: "b.myshopify.com", recordId: "5001" });
  const found = async (filter: DeliveryLogFilter) => ids(await list(database, filter));
  expect(await found({})).toBe("w5 w4 w3 w2 w1");
  expect(await found({ topics: ["refunds/create", "products/update"] })).toBe("w3 w2");
  // One that could not be read names no record; its topic says what it is about.
  expect(await found({ kinds: ["order"] })).toBe("w4 w3 w1");
  expect(await found({ kinds: ["other"] })).toBe("w5");
  expect(await found({ kinds: ["order"], topics: ["products/update"] })).toBe("");
  expect(await found({ search: "5001" })).toBe("w2 w1");
  expect(await found({ search: "gid://shopify/Order/5002" })).toBe("w3");
  expect(await found({ search: "w4" })).toBe("w4");
  expect(await found({ search: "w4", states: ["stored"] })).toBe("");
  expect(await found({ from: minute(2), until: minute(4) })).toBe("w3 w2");
  expect(ids(await list(database, {}, null, 2, false))).toBe("w1 w2");
});

test("each state finds its own deliveries and no others', alone and together", async ({ database }) => {
  const processedAt = minute(59);
  await receive(database, 1);
  await receive(database, 2, { outcome: "known", errorCode: "ORDER_EXISTS" });
  await receive(database, 3, { outcome: "superseded" });
  await receive(database, 4, { outcome: "news" });
  await receive(database, 5, { outcome: "news", processedAt });
  await receive(database, 6, { outcome: "noted", processedAt });
  await receive(database, 7, { outcome: "failed", errorCode: "PAYLOAD_UNREADABLE" });
  await receive(database, 8, { outcome: "redacted" });
  await receive(database, 9, { outcome: "news", errorCode: "INTERNAL", nextRetryAt: processedAt });
  await receive(database, 10, { outcome: "news", errorCode: "INTERNAL", quarantinedAt: processedAt });
  const all = (await list(database, {}, null, 20)).rows;
  expect(all).toHaveLength(10);
  for (const state of deliveryStates) {
    const own = all.filter((row) => deliveryState(row) === state);
    expect(own.length, state).toBeGreaterThan(0);
    expect((await list(database, { states: [state] })).rows, state).toEqual(own);
  }
  const both = await list(database, { states: ["failed", "waiting"], topics: ["orders/updated"] });
  expect(ids(both)).toBe(
    "w9 w7 w4 w10"
      .split(" ")
      .sort((a, b) => Number(b.slice(1)) - Number(a.slice(1)))
      .join(" "),
  );
});

test("pages of several topics and states lose and repeat nothing, both ways", async ({ database }) => {
  const topics = ["orders/create", "orders/updated"];
  for (let n = 0; n < 14; n++)
    await receive(database, Math.floor(n / 2), {
      ...{ webhookId: `w${String(n)}`, topic: topics[n % 2] },
      outcome: n % 3 === 0 ? "known" : "stored",
    });
  const filter: DeliveryLogFilter = { topics, states: ["stored", "known"] };
  const at = (side: "after" | "before", cursor: string | null): ListAt =>
    cursor === null ? null : { side, key: readCursorText(cursor) as string[] };
  for (const newestFirst of [true, false]) {
    const load = (position: ListAt) => list(database, filter, position, 5, newestFirst);
    const first = await load(null);
    const second = await load(at("after", first.next));
    const third = await load(at("after", second.next));
    expect(new Set([first, second, third].flatMap(({ rows }) => rows.map((row) => row.webhookId))).size).toBe(
      14,
    );
    expect(third.next).toBeNull();
    expect(ids(await load(at("before", third.previous)))).toBe(ids(second));
  }
});

test("whatever is asked of a long log, an index leads to it", async ({ database }) => {
  await database.pool.query(
    `insert into "WebhookDelivery" (shop, "webhookId", topic, kind, "recordId", outcome, "receivedAt", "processedAt")
     select $1, 'w' || n, case when n % 2000 = 0 then 'customers/merge' else 'orders/updated' end, 'order', (n / 4)::text,
       case when n % 5000 = 1 then 'superseded' when n % 3 = 0 then 'known' else 'stored' end,
       timestamptz '2026-11-01' + n * interval '10 seconds', now() from generate_series(1, 60000) n`,
    [shop],
  );
  await database.pool.query(`vacuum analyze "WebhookDelivery"`);
  const asked: DeliveryLogFilter[] = [
    ...[{}, { topics: ["customers/merge"] }, { topics: ["customers/merge", "orders/updated"] }],
    ...[{ kinds: ["customer"] }, { states: ["superseded"] }, { states: ["failed", "redacted"] }],
    ...[{ states: ["waiting"] }, { search: "14999" }, { search: "w59" }],
  ] as DeliveryLogFilter[];
  for (const filter of asked) {
    const read = await rowsRead(database, filter);
    expect(read, JSON.stringify(filter)).toBeLessThan(1000);
  }
});

/** How many rows of the log a page of it reads. */
async function rowsRead({ pool }: Database, filter: DeliveryLogFilter): Promise<number> {
  let read = 0;
  const explained = {
    query: async (sql: string, values?: unknown[]) => {
      const plan = await pool.query<{ "QUERY PLAN": [{ Plan: PlanNode }] }>(
        `explain (analyze, format json) ${sql}`,
        values,
      );
      const [row] = plan.rows;
      if (row) read += scanned(row["QUERY PLAN"][0].Plan);
      return { rows: [] };
    },
  };
  await listDeliveryLog(explained as unknown as Parameters<typeof listDeliveryLog>[0], {
    ...{ shop, filter, newestFirst: true, at: null, limit: 50 },
  });
  return read;
}

type PlanNode = {
  "Node Type": string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  Plans?: PlanNode[];
};

function scanned(node: PlanNode): number {
  const own = node["Node Type"].includes("Scan")
    ? (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"]
    : 0;
  return own + (node.Plans ?? []).reduce((sum, child) => sum + scanned(child), 0);
}

test("one delivery is read with the size of its body, and the body's beginning apart", async ({
  database,
}) => {
  await receive(database, 1, { outcome: "failed", errorCode: "X", body: Buffer.from("not JSON") });
  await receive(database, 2);
  const { pool } = database;
  expect(await loadDelivery(pool, { shop, webhookId: "w1" })).toMatchObject({ attempts: 1, bodySize: 8 });
  expect(await loadDelivery(pool, { shop, webhookId: "w2" })).toMatchObject({ attempts: 0, bodySize: null });
  expect(await loadDelivery(pool, { shop: "b.myshopify.com", webhookId: "w1" })).toBeNull();
  const body = (webhookId: string, most: number) => loadDeliveryBody(pool, { shop, webhookId, most });
  expect(String(await body("w1", 3))).toBe("not");
  expect(await body("w2", 3)).toBeNull();
});
