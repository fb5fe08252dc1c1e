/** The example consumer (docs/feed-consumer.ts), killed at random moments: in the end it has what the ERP has. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inTransaction } from "#app/lib/db.server.ts";
import { recordChanges } from "#app/outbox/record-changes.server.ts";
import { startApi, type TestApi } from "./an-api.ts";

const KILLS = 20;
const SCRIPT = new URL("../../docs/feed-consumer.ts", import.meta.url).pathname;
const seen: string[] = [];

let api: TestApi;
let folder: string;
beforeAll(async () => {
  api = await startApi({ orders: 8 });
  folder = await mkdtemp(path.join(tmpdir(), "consumer-"));
  await api.pool.query(
    `insert into "ShopifyInventoryCache" (shop, id, "shopifyInventoryItemId", "shopifyLocationId", "availableQty", "lastSynced",
       "rawData", "rawShape", "contentHash", source)
     select $1, n || '@7', n, '7', n, now(), '{}', 'rest', 'x', 'test' from generate_series(1, 6) n`,
    [api.shop],
  );
  await api.pool.query(
    `insert into "ErpStock" (shop, "skuId", "locationId", "sellableQty") select $1, id, 'Pune ' || n, n
       from (select id from "Sku" where shop = $1 order by id limit 2), generate_series(1, 3) n`,
    [api.shop],
  );
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await api.stop();
});

function startConsumer(): ChildProcess {
  return spawn(process.execPath, [SCRIPT, path.join(folder, "copy.sqlite")], {
    env: { ...process.env, ERP_URL: api.url, ERP_KEY: api.keys.read, NODE_NO_WARNINGS: "1" },
    stdio: ["ignore", "ignore", "ignore"],
  });
}

/** What it says where it ends by itself. */
async function refusal(env: { ERP_URL?: string; ERP_KEY?: string }) {
  const consumer = spawn(process.execPath, [SCRIPT, path.join(folder, "another.sqlite")], {
    env: { PATH: process.env["PATH"], NODE_ENV: "test", NODE_NO_WARNINGS: "1", ...env },
  });
  let said = "";
  consumer.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(consumer, "close")) as [number | null];
  return { code, said };
}

async function kill(consumer: ChildProcess): Promise<void> {
  const ended = once(consumer, "exit");
  consumer.kill("SIGKILL");
  await ended;
}

/** One change of the ERP as its writers make them: the record and what the feed says of it, in one transaction or not at all. */
async function change(n: number): Promise<void> {
  const [table, key, entity, set] = (
    [
      ["Order", `"shopifyOrderId"`, "order", `note = $3`],
      ["Customer", "id", "customer", `note = $3`],
      ["Product", "id", "product", `name = $3`],
      ["ShopifyInventoryCache", "id", "stock", `"availableQty" = $3::int`],
      ["ErpStock", `"skuId" || '@' || "locationId"`, "stock", `"sellableQty" = $3::int`],
    ] as const
  )[n % 5]!;
  await inTransaction(api.pool, async (tx) => {
    const { rows } = await tx.query<{ id: string }>(
      `update "${table}" set ${set} where shop = $1 and ${key} = (select ${key} from "${table}" where shop = $1
         ${table === "Order" ? "and not test" : ""} order by md5(${key} || $2) limit 1) returning ${key} as id`,
      [api.shop, String(n), String(n)],
    );
    const [{ id } = { id: "" }] = rows;
    await recordChanges(tx, {
      ...{ shop: api.shop, now: new Date() },
      changes: [{ entity, entityId: id, change: "updated", parts: [] }],
    });
    await sleep(n % 7);
    seen.push(`${entity} ${id}`);
  });
}

/** What the ERP answers, record by record. */
async function whatTheErpHas(): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  const get = async (of: string) => (await api.call({ method: "GET", path: `/api/${of}`, as: "read" })).body;
  for (const [entity, list] of [
    ["order", "erp/orders"],
    ["product", "erp/products"],
    ["customer", "erp/customers"],
    ["stock", "erp/stock"],
    ["stock", "stock/erp"],
  ] as const)
    for (let after: string | null = ""; after !== null;) {
      const page = (await get(`${list}?limit=250${after}`)) as {
        items: { id: string }[];
        next: string | null;
      };
      for (const item of page.items)
        all[`${entity} ${item.id}`] = entity === "stock" ? item : await get(`${list}/${item.id}`);
      after = page.next === null ? null : `&after=${page.next}`;
    }
  return all;
}

/** Not only to read: what was killed while it committed is taken back by whoever opens the file next. */
const openCopy = () => new DatabaseSync(path.join(folder, "copy.sqlite"), { timeout: 30_000 });

function whatTheConsumerHas(): Record<string, unknown> {
  const db = openCopy();
  const rows = db.prepare("select entity || ' ' || id as id, body from record").all();
  db.close();
  return Object.fromEntries(rows.map(({ id, body }) => [String(id), JSON.parse(String(body)) as unknown]));
}

function cursorOfConsumer(): unknown {
  const db = openCopy();
  const isBegun = db.prepare("select 1 from sqlite_master where name = 'cursor'").get() !== undefined;
  const row = isBegun ? db.prepare("select value from cursor").get() : undefined;
  db.close();
  return row?.["value"];
}

test("killed at any moment, many times, while the ERP changes: it ends with what the ERP has", async () => {
  const writing = new AbortController();
  const writer = (async () => {
    for (let n = 0; !writing.signal.aborted; n += 3) {
      await Promise.all([change(n), change(n + 1), change(n + 2)]);
      await sleep(60); // a busy machine has to keep up with it
    }
  })();
  let random = 7;
  /** How long a consumer may live; longer where the machine is so busy that it would not come to anything. */
  let mostMs = 1_800;
  const killSome = async (kills: number, progress = 0) => {
    const cursors = new Set<unknown>();
    const until = Date.now() + 45_000; // fewer where each takes long
    for (let n = 0; cursors.size < progress || (n < kills && Date.now() < until); n++) {
      const consumer = startConsumer();
      random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0;
      // From before it has opened its file to in the middle of a page.
      await sleep(80 + (random / 2 ** 32) * mostMs);
      await kill(consumer);
      cursors.add(cursorOfConsumer());
    }
    return cursors;
  };
  await killSome(5); // while it reads everything, for the most part
  const began = Date.now();
  const first = startConsumer();
  await expect.poll(cursorOfConsumer).toBeTypeOf("string");
  await kill(first);
  mostMs = Math.max(mostMs, Date.now() - began);
  // Killed between pages that it had applied, too.
  expect((await killSome(KILLS, 4)).size).toBeGreaterThan(3);
  writing.abort();
  await writer;
  expect(new Set(seen).size).toBeGreaterThan(15);

  const expected = await whatTheErpHas();
  const last = startConsumer();
  await expect.poll(whatTheConsumerHas, { timeout: 60_000 }).toEqual(expected);
  await kill(last);

  // The database was restored while it was away: it reads everything anew, by itself.
  await api.pool.query(`update "FeedState" set epoch = gen_random_uuid()::text where shop = $1`, [api.shop]);
  await api.pool.query(`update "Customer" set note = 'of the restored database' where shop = $1`, [api.shop]);
  const restored = await whatTheErpHas();
  const anew = startConsumer();
  await expect.poll(whatTheConsumerHas, { timeout: 60_000 }).toEqual(restored);
  await kill(anew);
}, 240_000);

test("without an address it says what to set, and with a key that is none whose fault it is", async () => {
  for (const env of [{}, { ERP_URL: "erp.example.com", ERP_KEY: "x" }, { ERP_URL: api.url }])
    expect(await refusal(env)).toEqual({
      code: 2,
      said: "Set ERP_URL to the app's address, like https://your-app.example.com, and ERP_KEY to an API key of it.\n",
    });
  for (const key of ["bad", api.keys.erp]) {
    const { code, said } = await refusal({ ERP_URL: `${api.url}/`, ERP_KEY: key });
    expect([code, said.split("\n").at(-2)]).toEqual([1, "It needs a key with the scope read."]);
    expect(said).toMatch(/^The ERP does not take this ERP_KEY: 40[13] .*"next":/);
  }
});
