/**
 * A whole consumer of the change feed in one file: it keeps a copy of the ERP's records in an SQLite file and follows the feed.
 * It may be killed at any moment: records and cursor are written in one transaction, so the next start goes on where this one was.
 *
 *   ERP_URL=https://your-app.example.com ERP_KEY=erpsync_… node docs/feed-consumer.ts copy.sqlite
 *
 * Node 24, nothing to install. What an event says is only "look at this record again", so each may be applied any number of times.
 */
import { DatabaseSync } from "node:sqlite";

const { ERP_URL = "", ERP_KEY = "" } = process.env;
if (!/^https?:\/\/[^/]+\/?$/.test(ERP_URL) || ERP_KEY === "") {
  console.error(
    "Set ERP_URL to the app's address, like https://your-app.example.com, and ERP_KEY to an API key of it.",
  );
  process.exit(2);
}
// Whoever reads the copy while it is written to is waited for.
const db = new DatabaseSync(process.argv[2] ?? "copy.sqlite", { timeout: 30_000 });
db.exec(`pragma synchronous = full;
  create table if not exists record (entity text, id text, body text not null, primary key (entity, id));
  create table if not exists cursor (one integer primary key check (one = 1), value text not null);
  create temp table fresh (entity text, id text, body text not null, primary key (entity, id))`);

type Change = { entity: string; entityId: string };
type Feed = { changes: Change[]; next: string; hasMore: boolean };
type List = { items: { id: string }[]; next: string | null };
type Copied = { entity: string; id: string; body: unknown };

/** Where each kind of record is read. */
const lists: Record<string, string[]> = {
  order: ["/api/erp/orders"],
  product: ["/api/erp/products"],
  customer: ["/api/erp/customers"],
  // What Shopify says of it, and what the ERP says: read by their two halves, the others by id.
  stock: ["/api/erp/stock", "/api/stock/erp"],
};

class Refused extends Error {
  readonly status: number;
  constructor(status: number, text: string) {
    super(`${String(status)} ${text}`);
    this.status = status;
  }
}

/** Asks until there is an answer: whatever may pass (no network, too many calls, a restart) is waited for. */
async function get<Answer>(path: string): Promise<Answer> {
  for (let pause = 250; ; pause = Math.min(pause * 2, 30_000)) {
    try {
      const answer = await fetch(new URL(path, ERP_URL), {
        headers: { Authorization: `Bearer ${ERP_KEY}` },
        signal: AbortSignal.timeout(60_000),
      });
      if (answer.ok) return (await answer.json()) as Answer;
      const text = await answer.text();
      if (answer.status < 500 && answer.status !== 429) throw new Refused(answer.status, text);
      console.error(text);
    } catch (error) {
      if (error instanceof Refused) throw error;
      console.error(String(error));
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** A record as it is now; null where there is none (any more). */
async function read(entity: string, id: string): Promise<unknown> {
  if (entity === "stock") {
    const [one = "", location = ""] = id.split("@");
    // `{inventory item}@{location}`: Shopify's quantities. `{SKU id}@{location}`: the ERP's own.
    const path = /^\d+$/.test(one) ? `/api/erp/stock?inventoryItemId=${one}` : `/api/stock/erp?skuId=${one}`;
    const { items } = await get<List>(`${path}&locationId=${encodeURIComponent(location)}`);
    return items[0] ?? null;
  }
  try {
    return await get(`${lists[entity]?.[0] ?? ""}/${id}`);
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return null;
    throw error;
  }
}

/** Records and the cursor that belongs to them: all of it or nothing. */
function save(change: () => void, cursor: string): void {
  db.exec("begin immediate");
  change();
  db.prepare("insert or replace into cursor (one, value) values (1, ?)").run(cursor);
  db.exec("commit");
}

/**
 * Everything from the lists. The cursor is taken BEFORE they are read, so that what changes meanwhile is told afterwards. What is
 * read waits in a table that dies with this process, not in memory, and takes the place of the copy once it is whole.
 */
async function readEverything(): Promise<void> {
  const { next: cursor } = await get<Feed>("/api/feed?after=now");
  db.exec("delete from fresh");
  const put = db.prepare("insert or replace into fresh (entity, id, body) values (?, ?, ?)");
  const all = Object.entries(lists).flatMap(([entity, paths]) =>
    paths.map((path) => [entity, path] as const),
  );
  for (const [entity, path] of all) {
    let after = "";
    do {
      const page = await get<List>(`${path}?limit=250${after}`);
      for (const item of page.items) {
        // A list has orders and products without their parts.
        const body = entity === "stock" ? item : await read(entity, item.id);
        if (body !== null) put.run(entity, item.id, JSON.stringify(body));
      }
      after = page.next === null ? "" : `&after=${page.next}`;
    } while (after !== "");
  }
  save(() => {
    db.exec("delete from record; insert into record select * from fresh");
  }, cursor);
  db.exec("delete from fresh");
}

/** The next changes; waits for them. */
async function follow(cursor: string): Promise<void> {
  const { changes, next } = await get<Feed>(`/api/feed?after=${cursor}&limit=100&wait=25`);
  const touched = new Map(changes.map(({ entity, entityId: id }) => [`${entity} ${id}`, { entity, id }]));
  const records: Copied[] = [];
  for (const { entity, id } of touched.values())
    if (lists[entity]) records.push({ entity, id, body: await read(entity, id) });
  const put = db.prepare("insert or replace into record (entity, id, body) values (?, ?, ?)");
  const drop = db.prepare("delete from record where entity = ? and id = ?");
  save(() => {
    for (const { entity, id, body } of records)
      if (body === null) drop.run(entity, id);
      else put.run(entity, id, JSON.stringify(body));
  }, next);
}

for (;;) {
  const cursor = db.prepare("select value from cursor").get()?.["value"];
  try {
    if (typeof cursor === "string") await follow(cursor);
    else await readEverything();
  } catch (error) {
    if (error instanceof Refused && (error.status === 401 || error.status === 403)) {
      console.error(
        `The ERP does not take this ERP_KEY: ${error.message}\nIt needs a key with the scope read.`,
      );
      process.exit(1);
    }
    // 410: away for too long, or the ERP's database is another. The copy stays until a new one is complete.
    if (!(error instanceof Refused && error.status === 410)) throw error;
    await readEverything();
  }
}
