/** Whatever anybody sends to any endpoint of the API's document: it is answered or refused, in JSON, and never fails on our side. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { startApi, type Call, type CallAs, type TestApi } from "./an-api.ts";

type Operation = {
  parameters?: { name: string; in: "path" | "query" | "header" }[];
  requestBody?: object;
  security: { apiKey?: CallAs[] }[];
};
type Endpoint = Operation & { method: string; path: string; as: CallAs };

let api: TestApi;
let endpoints: Endpoint[];

beforeAll(async () => {
  api = await startApi({ orders: 1 });
  const { body } = await api.call({ method: "GET", path: "/api/openapi.json", as: "nobody" });
  const { paths } = body as { paths: Record<string, Record<string, Operation>> };
  endpoints = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      ...{ path, method: method.toUpperCase(), as: operation.security[0]?.apiKey?.[0] ?? "session" },
    })),
  );
});
afterAll(async () => {
  await api.stop();
});

/** Its address with parameters that have the right form and name nothing. */
function pathOf({ path }: Endpoint, values: Record<string, string> = {}): string {
  const id = /erp\/orders|cache|deliveries/.test(path) ? "1234567" : "01995c2c-0000-7000-8000-000000000000";
  const stock = { skuId: "01995c2c-0000-7000-8000-000000000000", locationId: "7" };
  const all: Record<string, string> = { kind: "order", id, ...stock, ...values };
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => all[name] ?? "");
}

/** What is wrong with the answers to these calls. */
async function faultsOf(calls: readonly Call[]): Promise<string[]> {
  const faults: string[] = [];
  for (const call of calls) {
    const { status, body, text } = await api.call(call);
    const said = typeof (body as { error?: { code?: unknown } } | null)?.error?.code === "string";
    if (status >= 500 || body === null || (status >= 400 && !said))
      faults.push(`${call.method} ${call.path} ${JSON.stringify(call.body)}: ${String(status)} ${text}`);
  }
  return faults;
}

/** As they stand in an address. */
const texts = [
  ...["%00", "1%00", "x".repeat(300), "'", "..%2f..%2fadmin", "%ff%fe", "%zz", "%ED%A0%80", "%F0%9F%98%80"],
  ...["1e30", "-1", "9".repeat(19), "9".repeat(400), "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z"],
  ...["275760-09-13T00:00:00Z", "0000-01-01", "0099-12-31", "9999-12-31", ""],
];

test("no text in an address makes a call fail", { timeout: 120_000 }, async () => {
  const calls = endpoints.flatMap((endpoint) =>
    (endpoint.parameters ?? []).flatMap(({ name, in: place }) =>
      (place === "header" ? [] : texts).map((text) => ({
        ...{ method: endpoint.method, as: endpoint.as },
        path: place === "path" ? pathOf(endpoint, { [name]: text }) : `${pathOf(endpoint)}?${name}=${text}`,
        ...(endpoint.requestBody ? { body: {} } : {}),
      })),
    ),
  );
  expect(await faultsOf(calls)).toEqual([]);
});

const entry = { awbNumber: "a\u0000\uD800", amount: "1", reference: "\uDC00\u0000b", date: "2026-11-26" };
const bodies: unknown[] = [
  ...[
    { action: "toString" },
    { action: "release_hold", hold: "a\u0000\uD800" },
    { action: "cancel", note: "\u0000" },
  ],
  ...[
    { action: "hand_over", awbNumber: "\u0000", trackingUrl: "https://a/\u0000" },
    { sellableQty: 1e300 },
    { by: 0.5 },
  ],
  ...[
    { entries: [entry] },
    { entries: [{ ...entry, amount: "9".repeat(40) }] },
    { decision: "accept", orderId: "1" },
  ],
  ...["null", '"x"', "{", "\u0000", '{"a":1,"a":2}', '{"__proto__":{"days":1}}', '{"constructor":1}'],
  ...["[".repeat(60_000), `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`],
  '{"jobType":"products","options":{"__proto__":{"x":1}}}',
  { jobType: "orders", options: { from: "\u0000" } },
  { jobType: "orders", options: { from: "0000-01-01T00:00:00Z", until: "9999-12-31T23:59:59Z" } },
  { jobType: "look-back", options: { hours: 1e300 } },
  ...[
    { jobType: "toString" },
    { days: 1e30 },
    { from: "0000-01-01" },
    { from: "0001-01-01", to: "0099-01-01" },
  ],
  ...[{ to: "9999-12-31" }, { to: "9999-12-30" }, { intervalMinutes: 1e30 }, { lookBackHours: -1e30 }],
  ...[
    { name: "a\u0000b", scopes: ["read"] },
    { name: "\uD800", scopes: ["read"] },
  ],
  ...[{ number: "a\u0000" }, { number: '" OR name:*' }, { number: "\uD800" }, { id: "9".repeat(20) }],
];

test("no body makes a call fail", { timeout: 120_000 }, async () => {
  const faults: string[] = [];
  for (const body of bodies) {
    await api.pool.query(`delete from "SyncJob"`); // so that each start is tried
    const takers = endpoints.filter(({ requestBody }) => requestBody);
    faults.push(
      ...(await faultsOf(takers.map((one) => ({ method: one.method, path: pathOf(one), as: one.as, body })))),
    );
  }
  expect(faults).toEqual([]);
});

const at = "2026-01-01T00:00:00.000Z";
const cursors = [
  ...[
    [at, "1"],
    [at, "00000000-0000-7000-8000-000000000000"],
    [at, 1],
    [at, "~".repeat(200)],
  ],
  ...[["9".repeat(19)], ["id", "", "a\u0000b"], ["id", "", "\uD800"], [["id"], "", "1"]],
  ...[
    ["created", at, "\u0000"],
    ["updated", at, "\u0000"],
    ["created", "0000-01-01T00:00:00Z", "1"],
  ],
  ...[{}, null, "x", 1],
].map((key) => btoa(encodeURIComponent(JSON.stringify(key))));

test("no cursor makes a list fail, nor that of another list", { timeout: 120_000 }, async () => {
  const lists = endpoints.filter(({ parameters }) => parameters?.some(({ name }) => name === "after"));
  expect(lists.length).toBeGreaterThan(8);
  const calls = lists.flatMap((endpoint) =>
    cursors.flatMap((cursor) =>
      ["", `&updatedSince=${at}`].map((more) => ({
        ...{ method: "GET", as: endpoint.as },
        path: `${pathOf(endpoint)}?after=${encodeURIComponent(cursor)}${more}`,
      })),
    ),
  );
  expect(await faultsOf(calls)).toEqual([]);
});
