/** The change feed over HTTP: it waits, wakes, and ends with its reader. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { recordChanges } from "#app/outbox/record-changes.server.ts";
import { startApi, type TestApi } from "./an-api.ts";

type Page = {
  changes: { entityId: string }[];
  next: string;
  hasMore: boolean;
  heldBackSince: string | null;
};

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api.stop();
});

const get = (query: string) => api.call({ method: "GET", path: `/api/feed?${query}`, as: "read" });
/** All that was told before can be read: no older transaction runs, also not one of another test on the same server. */
const newest = async () => {
  const now = async () => (await get("after=now")).body as Page;
  await expect.poll(async () => (await now()).heldBackSince).toBeNull();
  return (await now()).next;
};
const tell = (entityId: string) =>
  recordChanges(api.pool, {
    ...{ shop: api.shop, now: new Date() },
    changes: [{ entity: "order", entityId, change: "updated", parts: ["parcels"] }],
  });
/** As many as may wait at a time. */
const READERS = 20;
const waitTogether = (query: string) => Promise.all(Array.from({ length: READERS }, () => get(query)));

test("all pages together are the feed, and the end gives a cursor to go on from", async () => {
  await newest();
  const { body } = await get("limit=1000");
  const whole = body as Page;
  expect(whole.hasMore).toBe(false);
  const read: Page["changes"] = [];
  let after = "";
  for (let more = true; more;) {
    const page = (await get(`limit=5${after}`)).body as Page;
    read.push(...page.changes);
    after = `&after=${page.next}`;
    more = page.hasMore;
  }
  expect(read).toEqual(whole.changes);
  expect((await get(`limit=5${after}`)).body).toMatchObject({ changes: [], hasMore: false });
});

test("a reader that waits is answered as soon as something changed", async () => {
  const after = await newest();
  const began = performance.now();
  const waiting = get(`after=${after}&wait=30`);
  await tell("7001");
  expect((await waiting).body).toMatchObject({
    changes: [{ entity: "order", entityId: "7001", change: "updated", parts: ["parcels"] }],
    hasMore: false,
  });
  expect(performance.now() - began).toBeLessThan(25_000);
});

test("a reader that asks again and again fills no audit log; one that is refused is in it", async () => {
  await api.pool.query(`delete from "AuditLog"`);
  const after = await newest();
  await get(`after=${after}&wait=1`);
  await get("after=nonsense");
  await api.call({ method: "GET", path: "/api/feed", as: "sync" });
  const { rows } = await api.pool.query<{ status: number }>(
    `select (details->>'status')::int as status from "AuditLog" where action = 'api.readFeed' order by id`,
  );
  expect(rows.map(({ status }) => status)).toEqual([422, 403]);
});

test("with nothing to tell the answer comes after the time asked for, with the same cursor", async () => {
  const after = await newest();
  const began = performance.now();
  expect((await get(`after=${after}&wait=1`)).body).toMatchObject({ changes: [], next: after });
  expect(performance.now() - began).toBeGreaterThanOrEqual(990);
});

test("a reader that goes is waited for no longer, and a process that stops answers at once", async () => {
  const after = await newest();
  const gone = new AbortController();
  const asked = fetch(`${api.url}/api/feed?after=${after}&wait=30`, {
    headers: { Authorization: `Bearer ${api.keys.read}` },
    signal: gone.signal,
  });
  const used = `select "lastUsedAt" from "ApiKey" where shop = $1`;
  await expect.poll(async () => (await api.pool.query(used, [api.shop])).rowCount).toBeGreaterThan(0);
  gone.abort();
  await expect(asked).rejects.toThrow();
  // Long before the 30 seconds are over.
  await expect
    .poll(async () => (await waitTogether(`after=${after}&wait=1`)).every(({ status }) => status === 200))
    .toBe(true);

  const closing = new AbortController();
  const context = api.context as { closing?: AbortSignal };
  context.closing = closing.signal;
  const waiting = get(`after=${after}&wait=30`);
  closing.abort();
  expect(await waiting).toMatchObject({ status: 200, body: { changes: [], next: after } });
  delete context.closing;
});

test("readers beyond what one shop may have waiting are told to come again, and those that need not wait are answered", async () => {
  const after = await newest();
  const refused: unknown[] = [];
  const busy = Array.from({ length: READERS + 5 }, async () => {
    const answer = await get(`after=${after}&wait=30`);
    if (answer.status === 429) refused.push(answer.body);
    return answer.status;
  });
  // However long it takes on a busy machine until all of them have come.
  await expect.poll(() => refused).toHaveLength(5);
  expect(refused[0]).toMatchObject({ error: { code: "FEED_BUSY" } });
  await tell("7002");
  expect((await Promise.all(busy)).filter((status) => status === 200)).toHaveLength(READERS);
  expect((await get(`after=${await newest()}&wait=1`)).status).toBe(200); // all have left
});
