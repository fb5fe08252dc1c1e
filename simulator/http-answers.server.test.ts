import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { PRODUCTS, startTestShop, TOKEN, type TestShop } from "./fixtures/test-shop.ts";
import { startSimulator } from "./start-simulator.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop({ scopes: ["read_products", "read_orders"] });
});
afterAll(() => shop.simulator.close());
afterEach(() => {
  shop.simulator.faults.clear();
});

const NAME = "{ shop { name } }";
const INVALID_TOKEN = {
  errors: "[API] Invalid API key or access token (unrecognized login or wrong password)",
};

async function control(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${shop.simulator.url}/control/${path}`, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

describe("who may ask", () => {
  test.each([[{ "X-Shopify-Access-Token": "shpat_wrong" }], [{ "X-Shopify-Access-Token": "" }]])(
    "a bad token gets 401: %j",
    async (headers) => {
      const response = await shop.post(NAME, undefined, headers);
      expect([response.status, await response.json()]).toEqual([401, INVALID_TOKEN]);
    },
  );

  test("an unknown shop is 404", async () => {
    expect((await shop.post(NAME, undefined, { "X-Simulated-Host": "other.myshopify.com" })).status).toBe(
      404,
    );
  });

  test("an unsupported version falls forward, and the answer says to which", async () => {
    for (const version of ["2026-10", "2024-01", "unstable"]) {
      const response = await fetch(`${shop.simulator.url}/admin/api/${version}/graphql.json`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Shopify-Access-Token": TOKEN },
        body: JSON.stringify({ query: NAME }),
      });
      expect([response.status, response.headers.get("x-shopify-api-version")]).toEqual([200, "2026-10"]);
    }
  });

  test("a body that is no GraphQL request is 400", async () => {
    const response = await fetch(`${shop.simulator.url}/admin/api/2026-10/graphql.json`, {
      method: "POST",
      headers: { "X-Shopify-Access-Token": TOKEN },
      body: "hello",
    });
    expect(response.status).toBe(400);
  });

  test("the granted scopes are told by currentAppInstallation", async () => {
    expect(await shop.ask("{ currentAppInstallation { accessScopes { handle } } }")).toEqual({
      currentAppInstallation: { accessScopes: [{ handle: "read_orders" }, { handle: "read_products" }] },
    });
  });
});

describe("the bucket", () => {
  test("empties, answers THROTTLED with HTTP 200, and fills with time", async () => {
    const clock = { ms: 1_800_000_000_000 };
    const small = await startTestShop({ bucketSize: 30, restoreRate: 10, now: () => new Date(clock.ms) });
    const query = "{ products(first: 10) { nodes { id } } }";
    const seen: unknown[] = [];
    for (let count = 0; count < 4; count++) {
      const response = await small.post(query);
      const body = (await response.json()) as {
        errors?: { message: string }[];
        extensions: { cost: { throttleStatus: { currentlyAvailable: number } } };
      };
      seen.push([
        response.status,
        body.errors?.[0]?.message,
        body.extensions.cost.throttleStatus.currentlyAvailable,
      ]);
    }
    clock.ms += 1000;
    const later = (await (await small.post(query)).json()) as { data?: unknown };
    await small.simulator.close();
    expect(seen).toEqual([
      [200, undefined, 18],
      [200, undefined, 6],
      [200, "Throttled", 6],
      [200, "Throttled", 6],
    ]);
    expect(later.data).toBeDefined();
  });

  test("starting a bulk operation costs 10 points, a poll 1, the dump itself nothing", async () => {
    const run = await shop.post(
      "mutation ($q: String!) { bulkOperationRunQuery(query: $q) { bulkOperation { id } userErrors { message } } }",
      { q: PRODUCTS },
    );
    const started = (await run.json()) as {
      data: { bulkOperationRunQuery: { bulkOperation: { id: string } } };
      extensions: { cost: unknown };
    };
    expect(started.extensions.cost).toMatchObject({ requestedQueryCost: 10, actualQueryCost: 10 });
    const { id } = started.data.bulkOperationRunQuery.bulkOperation;
    const poll = await shop.post("query ($id: ID!) { bulkOperation(id: $id) { status } }", { id });
    expect(((await poll.json()) as typeof started).extensions.cost).toMatchObject({
      requestedQueryCost: 1,
      actualQueryCost: 1,
    });
    await shop.finish(id);
  });
});

describe("faults", () => {
  test.each([
    [{ kind: "throttled" }, 200, null],
    [{ kind: "http-429" }, 429, "2.0"],
    [{ kind: "http-5xx" }, 503, null],
    [{ kind: "http-5xx", status: 500 }, 500, null],
    [{ kind: "token-refused" }, 401, null],
  ])("%j strikes as often as told, then it is over", async (fault, status, retryAfter) => {
    await control("POST", "faults", { ...fault, count: 2 });
    for (let count = 0; count < 2; count++) {
      const response = await shop.post(NAME);
      expect([response.status, response.headers.get("retry-after")]).toEqual([status, retryAfter]);
      if (fault.kind === "throttled")
        expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "THROTTLED" } }] });
    }
    expect(await (await shop.post(NAME)).json()).toMatchObject({ data: { shop: { name: "Tiny" } } });
  });

  test("without a count it strikes until cleared, and an operation can be aimed at", async () => {
    await control("POST", "faults", { kind: "http-5xx", operation: "bulkOperationRunQuery" });
    expect((await shop.post(NAME)).status).toBe(200);
    const mutation = 'mutation { bulkOperationRunQuery(query: "") { userErrors { message } } }';
    for (let count = 0; count < 3; count++) expect((await shop.post(mutation)).status).toBe(503);
    await control("DELETE", "faults");
    expect((await shop.post(mutation)).status).toBe(200);
  });

  test("slow waits", async () => {
    await control("POST", "faults", { kind: "slow", delayMs: 150, count: 1 });
    const startMs = performance.now();
    await shop.post(NAME);
    expect(performance.now() - startMs).toBeGreaterThan(140);
  });

  test.each([
    [{ kind: "gremlins" }, /Unknown fault kind "gremlins"\. Known: throttled, /],
    [{}, /Unknown fault kind/],
    [{ kind: "slow", delayMs: "long" }, /`delayMs` must be a whole number/],
    [{ kind: "slow", count: 0 }, /`count` must be a whole number of at least 1/],
    [{ kind: "slow", target: "moon" }, /`target` must be one of graphql, oauth, file/],
    [{ kind: "slow", delay: 5 }, /A fault has no `delay`/],
  ])("%j is not understood, and the answer says why", async (fault, message) => {
    const { status, body } = await control("POST", "faults", fault);
    expect(status).toBe(400);
    expect((body as { error: string }).error).toMatch(message);
  });
});

describe("the control API", () => {
  test("summary counts the store by the rules", async () => {
    const { body } = await control("GET", "summary");
    expect(body).toEqual({
      domain: "tiny.myshopify.com",
      products: 30,
      customers: 0,
      orders: 0,
      testOrders: 0,
      totals: {},
    });
  });

  test("requests tells what was asked, what it cost and what went wrong", async () => {
    await control("DELETE", "requests");
    await shop.post("query A { shop { name } products(first: 2) { nodes { id } } }");
    await shop.post("{ shop { colour } }");
    const { requests } = (await control("GET", "requests")).body as { requests: Record<string, unknown>[] };
    expect(requests).toMatchObject([
      {
        method: "POST",
        path: "/admin/api/2026-10/graphql.json",
        status: 200,
        operations: ["shop", "products"],
        cost: 5,
        errors: [],
      },
      { status: 200, operations: ["shop"], cost: 0, errors: ["Field 'colour' doesn't exist on type 'Shop'"] },
    ]);
  });

  test("webhooks can be pointed at an app; nonsense is refused", async () => {
    const paths = { "bulk_operations/finish": "/hooks" };
    expect((await control("POST", "webhooks", { appUrl: "http://127.0.0.1:9/", paths })).body).toEqual({
      appUrl: "http://127.0.0.1:9",
      paths,
    });
    expect((await control("POST", "webhooks", { appUrl: "nowhere" })).status).toBe(400);
    expect((await control("POST", "webhooks", { paths: { a: "b" } })).status).toBe(400);
  });

  test("what does not exist is 404", async () => {
    expect((await control("GET", "weather")).status).toBe(404);
  });
});

test("a change by the control API is seen by the next query", async () => {
  const simulator = await startSimulator({ orders: 3, seed: 5, staticToken: TOKEN });
  const ask = async (): Promise<{ id: string; note: string | null; updatedAt: string } | undefined> => {
    const response = await fetch(`${simulator.url}/admin/api/2026-10/graphql.json`, {
      method: "POST",
      headers: { "X-Shopify-Access-Token": TOKEN },
      body: JSON.stringify({ query: "{ orders(first: 1, sortKey: ID) { nodes { id note updatedAt } } }" }),
    });
    return (
      (await response.json()) as {
        data: { orders: { nodes: { id: string; note: string | null; updatedAt: string }[] } };
      }
    ).data.orders.nodes[0];
  };
  const before = await ask();
  const response = await fetch(`${simulator.url}/control/changes`, {
    method: "POST",
    body: JSON.stringify({
      id: before?.id,
      patch: { note: "Leave at the gate" },
      at: "2027-01-01T00:00:00Z",
    }),
  });
  expect(response.status).toBe(200);
  expect(await ask()).toEqual({
    id: before?.id,
    note: "Leave at the gate",
    updatedAt: "2027-01-01T00:00:00Z",
  });
  await simulator.close();
});
