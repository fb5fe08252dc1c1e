import { afterEach, expect, test } from "vitest";
import { AppError } from "#app/lib/errors.ts";
import { createLog } from "#app/lib/log.server.ts";
import { startSimulator, type Simulator, type SimulatorOptions } from "#simulator/start-simulator.ts";
import { fetchFromSimulator } from "#tests/setup/simulated-shop.ts";
import { createAdminClient, type AdminClientOptions, type Wait } from "./admin-client.server.ts";

const TOKEN = "shpat_0123456789abcdef0123456789abcdef";
const NAME = "{ shop { name } }";
const ORDERS = "{ orders(first: 1) { nodes { id } } }";

let running: Simulator | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

/** A client of a fresh simulated shop, and what it waited for. */
async function aClient({
  simulator: sim = {},
  ...options
}: Partial<AdminClientOptions> & { simulator?: SimulatorOptions } = {}) {
  const simulator = await startSimulator({ orders: 3, staticToken: TOKEN, ...sim });
  running = simulator;
  const waits: Wait[] = [];
  const client = createAdminClient({
    shop: simulator.domain,
    apiVersion: "2026-10",
    getAccessToken: () => Promise.resolve(TOKEN),
    fetch: fetchFromSimulator(simulator.url),
    log: createLog("silent"),
    onWait: (wait) => waits.push(wait),
    ...options,
  });
  return { simulator, client, waits };
}

test("a query brings data and its cost", async () => {
  const { client, waits } = await aClient();
  const { data, extensions } = await client.graphql<{ shop: { name: string } }>(NAME);
  expect(data.shop.name).toEqual(expect.any(String));
  expect(extensions.cost?.throttleStatus.maximumAvailable).toBe(2000);
  expect(waits).toEqual([]);
});

test.each(["throttled", "http-429"] as const)("%s is waited out, and shown as Rate limited", async (kind) => {
  const { simulator, client, waits } = await aClient();
  simulator.faults.add({ kind, count: 2 });
  await client.graphql(NAME);
  expect(waits.map((wait) => wait.reason)).toEqual(["rate-limited", "rate-limited"]);
  expect(waits[0]?.text).toMatch(/^Rate limited: waiting \d+ s$/);
});

test("right before it leaves, each time and after every wait, it is asked whether it may", async () => {
  const { simulator, client, waits } = await aClient();
  simulator.faults.add({ kind: "throttled", count: 1 });
  const waited: number[] = [];
  const beforeLeaving = () => Promise.resolve(void waited.push(waits.length));
  await client.graphql(NAME, {}, { repeatable: false, beforeLeaving });
  expect(waited).toEqual([0, 1]);
  const no = () => Promise.reject(new Error("not ours any more"));
  await expect(client.graphql(NAME, {}, { beforeLeaving: no })).rejects.toThrow("not ours any more");
  expect(simulator.requests()).toHaveLength(2);
});

test("requests are paced by the cost Shopify reports, so that none is refused", async () => {
  const { simulator, client, waits } = await aClient({ simulator: { bucketSize: 10, restoreRate: 20 } });
  for (let count = 0; count < 12; count += 1) await client.graphql(ORDERS);
  expect(simulator.requests().flatMap((request) => request.errors)).toEqual([]);
  expect(waits.length).toBeGreaterThan(0);
});

test("somebody who waits at a page is told instead", async () => {
  const { simulator, client } = await aClient({ patienceMs: 100 });
  simulator.faults.add({ kind: "http-429" });
  await expect(client.graphql(NAME)).rejects.toMatchObject({ code: "RATE_LIMITED" });
});

test("a 5xx is tried again", async () => {
  const { simulator, client, waits } = await aClient();
  simulator.faults.add({ kind: "http-5xx", count: 2 });
  await client.graphql(NAME);
  expect(waits.map((wait) => wait.reason)).toEqual(["unreachable", "unreachable"]);
});

test("when it lasts, Shopify counts as unreachable", async () => {
  const { simulator, client } = await aClient({ maxTries: 2 });
  simulator.faults.add({ kind: "http-5xx", status: 502 });
  await expect(client.graphql(NAME)).rejects.toMatchObject({
    code: "SHOPIFY_UNREACHABLE",
    message: "Shopify does not answer after 2 tries: HTTP 502.",
  });
});

test("nobody at the address is the same", async () => {
  const { client } = await aClient({
    maxTries: 2,
    fetch: (_url, init) => fetch("http://127.0.0.1:1/", init),
  });
  await expect(client.graphql(NAME)).rejects.toMatchObject({ code: "SHOPIFY_UNREACHABLE" });
});

test("what must not run twice is not sent twice", async () => {
  const { simulator, client } = await aClient();
  simulator.faults.add({ kind: "http-5xx" });
  await expect(client.graphql(NAME, {}, { repeatable: false })).rejects.toMatchObject({
    code: "SHOPIFY_UNREACHABLE",
  });
  expect(simulator.requests()).toHaveLength(1);
});

test("a refused token is exchanged for another, once", async () => {
  const refused: (string | undefined)[] = [];
  const { client } = await aClient({
    getAccessToken: (old) => {
      refused.push(old);
      return Promise.resolve(old ? TOKEN : "shpat_gone");
    },
  });
  await client.graphql(NAME);
  expect(refused).toEqual([undefined, "shpat_gone"]);
});

test("when the new token is refused too, a person has to open the app", async () => {
  const { simulator, client } = await aClient({
    getAccessToken: (old) => Promise.resolve(`${old ?? "shpat"}x`),
  });
  await expect(client.graphql(NAME)).rejects.toMatchObject({ code: "TOKEN_REFUSED" });
  expect(simulator.requests()).toHaveLength(2);
});

test("a permission that is not granted is named", async () => {
  const { client } = await aClient({ simulator: { scopes: ["read_products"] } });
  const error: unknown = await client.graphql(ORDERS).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({
    code: "SCOPE_MISSING",
    message: expect.stringMatching(/access|denied/i) as string,
  });
});

test("a document Shopify does not accept is refused with its words, and not repeated", async () => {
  const { simulator, client } = await aClient();
  await expect(client.graphql("{ nothing }")).rejects.toMatchObject({ code: "SHOPIFY_REFUSED" });
  expect(simulator.requests()).toHaveLength(1);
});

test("a stop ends a wait at once, with its reason", async () => {
  const stop = new AbortController();
  const reason = new Error("stopped");
  const { simulator, client } = await aClient({
    signal: stop.signal,
    onWait: () => {
      setTimeout(() => {
        stop.abort(reason);
      }, 20);
    },
  });
  simulator.faults.add({ kind: "http-429" });
  const begin = Date.now();
  await expect(client.graphql(NAME)).rejects.toBe(reason);
  expect(Date.now() - begin).toBeLessThan(1_900); // it would have waited for two seconds
});

test("a stop still hears the answer to what is under way and must not run twice, for as long as it may take", async () => {
  const stop = new AbortController();
  const { simulator, client } = await aClient({ signal: stop.signal, lastAnswerMs: 2_000 });
  simulator.faults.add({ kind: "slow", delayMs: 700 });
  setTimeout(() => {
    stop.abort(new Error("stopped"));
  }, 20);
  const { data } = await client.graphql<{ shop: object }>(NAME, {}, { repeatable: false });
  expect(data.shop).toBeDefined();
  await expect(client.graphql(NAME, {}, { repeatable: false })).rejects.toThrow("stopped");
});

test("a stop does not wait for a token that is being renewed", async () => {
  const stop = new AbortController();
  const reason = new Error("stopped");
  const { simulator, client } = await aClient({
    signal: stop.signal,
    getAccessToken: () => {
      setTimeout(() => {
        stop.abort(reason);
      }, 20);
      return new Promise(() => undefined);
    },
  });
  await expect(client.graphql(NAME)).rejects.toBe(reason);
  expect(simulator.requests()).toEqual([]);
});

test("an API version that Shopify no longer serves is noticed", async () => {
  const notices: string[] = [];
  const { client } = await aClient({ apiVersion: "2024-01", onNotice: (text) => notices.push(text) });
  await client.graphql(NAME);
  await client.graphql(NAME);
  expect(notices).toEqual([
    "Shopify served API version 2026-10 instead of 2024-01: the app needs an update.",
  ]);
});
