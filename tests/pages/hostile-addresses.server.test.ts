/** Whatever stands in the address of a page, a list or an export, or in a form: it is answered in words, and never fails on our side. */
import { afterAll, beforeAll, expect, test } from "vitest";

import { workbenchParts } from "#app/erp/catalog/workbench-views.ts";
import { createLog } from "#app/lib/log.server.ts";
import { routeFiles, serveRoutes } from "#tests/setup/serve-routes.ts";
import { installInSimulatedShop } from "#tests/setup/simulated-shop.ts";
import { createTestDatabase } from "#tests/setup/test-database.ts";

const pages = routeFiles((path) => /^app(\/|$)/.test(path) && path !== "app/*");
let url: string;
let token: () => string;
let stop: () => Promise<void>;

beforeAll(async () => {
  const { db: database, drop } = await createTestDatabase("hostile addresses");
  const { env, shop, simulator } = await installInSimulatedShop(database, { orders: 1 });
  await database.pool.query(`update "Shop" set "timeZone" = 'Asia/Kolkata' where shop = $1`, [shop]);
  await database.pool.query(
    `insert into "Sku" (shop, id, "productId", "variationId", title) values ($1, 'tee', 'p', 'v', 'Tee')`,
    [shop],
  );
  process.env["SIMULATOR_URL"] = simulator.url;
  await import(new URL("../../simulator/preload.mjs", import.meta.url).href);
  const server = await serveRoutes({ env, database, log: createLog("silent"), now: () => new Date() }, pages);
  url = server.url;
  token = () => simulator.issueSessionToken();
  stop = async () => {
    await server.close();
    await simulator.close();
    await drop();
  };
});
afterAll(() => stop());

/** A page's data is asked for as its own links ask; exports and what pages fetch as they are. */
const dataOf = (path: string) =>
  /\/(export|progress|charts|counts|payload|state)$/.test(path) ? path : `${path}.data`;
const filled = (path: string, id: string) =>
  path.replace(":kind", "order").replace(":id", id).replace(":day", id);
/** Lists and their exports. */
const lists = pages
  .map(({ path }) => filled(path, ":id"))
  .filter((path) => !path.includes(":id") && !path.includes("settings"));

/** The status, and what was said, to the end: an export may break off after its first byte. */
async function ask(path: string, form?: Record<string, string> | string) {
  const response = await fetch(url + path, {
    method: form ? "POST" : "GET",
    headers: {
      "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0 Safari/537.36",
      Authorization: `Bearer ${token()}`,
    },
    ...(form ? { body: typeof form === "string" ? form : new URLSearchParams(form) } : {}),
  });
  const text = await response.text().catch((error: unknown) => `broke off: ${String(error)}`);
  return { status: response.status, text };
}

type Call = { path: string; form?: Record<string, string> | string };

async function faultsOf(calls: readonly Call[]) {
  const faults: string[] = [];
  const waiting = [...calls];
  const askOn = async () => {
    for (let call = waiting.pop(); call; call = waiting.pop()) {
      const { path, form } = call;
      const { status, text } = await ask(path, form);
      if (status >= 500 || status === 401 || text.startsWith("broke off"))
        faults.push(`${path.slice(0, 200)} ${JSON.stringify(form)}: ${String(status)} ${text.slice(0, 200)}`);
    }
  };
  await Promise.all([askOn(), askOn(), askOn(), askOn()]);
  return faults;
}

const at = "2026-01-01T00:00:00.000Z";
const impossible = ["2026-02-30T00:00:00.000Z", "0000-01-01T00:00:00.000Z", "+275760-09-13T00:00:00.000Z"];
const keys = [
  ...[...impossible, "1.5", "9".repeat(15), "2147483648", "\uD800", "~".repeat(5000)].map((text) => [
    text,
    "1",
  ]),
  ...[[at, "1"], ["a\u0000", "1"], ["1", "\uD800"], [], ["1"], [at, "1", "2"]],
];
const sorts = [...["created desc", "updated desc", "received asc", "errors desc"]];
const texts = [
  "%00",
  "a%00b",
  "%ED%A0%80",
  "%zz",
  "'",
  "%25",
  "9".repeat(400),
  "x".repeat(6000),
  "%F0%9F%98%80",
];
const days = ["2026-02-30", "2026-02-32", "0000-01-01", "0099-12-31", "9999-12-31", "+010000-01-01", "%00"];
const choices =
  "status=failed&status=failed&outcome=failed&outcome=failed&outcome=news&kind=order&kind=order&stock=out&stock=out&tracked=yes&tracked=yes" +
  "&payment=COD&payment=COD&held=yes&held=yes&record=merged&record=merged&part=mappings&part=mappings&with=problems&with=problems&status=constructor";

const queries = [
  ...texts.map((text) =>
    ["search", "id", "log", "since", "page", "after", "status"].map((name) => `${name}=${text}`).join("&"),
  ),
  ...days.map((day) =>
    ["created", "received"].map((name) => `${name}From=${day}&${name}To=${day}`).join("&"),
  ),
  ...["created", "received"].map((name) => `${name}To=9999-12-31`),
  ...[choices, `${choices}&sort=constructor`],
];
const positions = sorts.flatMap((sort) =>
  keys.map((key, index) => {
    const side = index % 2 === 0 ? "after" : "before";
    const cursor = btoa(encodeURIComponent(JSON.stringify(key)));
    return `sort=${encodeURIComponent(sort)}&${side}=${encodeURIComponent(cursor)}`;
  }),
);

test("every list and export answers its plain address", async () => {
  expect(lists.filter((path) => path.endsWith("/export")).length).toBe(11);
  expect(lists.length).toBeGreaterThan(18);
  for (const path of lists)
    expect([path, (await ask(dataOf(path))).status].join(" ")).toMatch(/ 20\d$| 422$/);
});

test("no question in an address makes a list or an export fail", { timeout: 240_000 }, async () => {
  expect(
    await faultsOf(lists.flatMap((path) => queries.map((query) => ({ path: `${dataOf(path)}?${query}` })))),
  ).toEqual([]);
});

test("no position does, in no order of a list", { timeout: 240_000 }, async () => {
  const asked = lists.filter((path) =>
    /(orders|catalogue|customers|inventory|jobs|webhooks|cache\/order)$/.test(path),
  );
  expect(asked.length).toBe(7);
  const calls = asked.flatMap((path) => positions.map((query) => ({ path: `${dataOf(path)}?${query}` })));
  const onTheWorkbench = workbenchParts.flatMap((part) =>
    positions.slice(0, keys.length).map((query) => ({
      path: `/app/catalogue/workbench.data?part=${part}&${query}`,
    })),
  );
  expect(await faultsOf([...calls, ...onTheWorkbench])).toEqual([]);
});

test("no name of a record does", { timeout: 120_000 }, async () => {
  const ids = [
    "%00",
    "1%00",
    "%ED%A0%80",
    "..%2f1",
    "x".repeat(300),
    "9".repeat(400),
    "%F0%9F%98%80",
    "nobodys",
  ];
  const records = pages.filter(({ path }) => /:id|:day/.test(path));
  expect(records.length).toBe(9);
  const calls = records.flatMap(({ path }) => ids.map((id) => ({ path: dataOf(filled(path, id)) })));
  expect(await faultsOf(calls)).toEqual([]);
});

test("no form does", { timeout: 120_000 }, async () => {
  const ids = ["\u0000", "1\u0000", "\uD800", "", "x".repeat(5000), "nobodys"];
  const calls = ids.flatMap((id): Call[] => [
    ...["pause-job", "resume-job", "cancel-job", "run-again"].map((intent) => ({
      ...{ path: "/app/jobs/1.data", form: { intent, id } },
    })),
    { path: "/app/cache/order.data", form: { intent: "retry-entry", id } },
    { path: "/app/outbox.data", form: { intent: "settle", id, decision: "drop" } },
    { path: "/app/outbox.data", form: `no form ${id}` },
    { path: "/app/remittances.data", form: { intent: "preview", text: id, reference: id, date: "" } },
    { path: "/app/remittances.data", form: { intent: "accept", id: "nobodys", order: id } },
    {
      path: "/app/inventory.data",
      form: {
        ...{ intent: "change-erp-stock", change: "set", skuId: "tee", locationId: `7${id}`, units: "1" },
        key: "3b6f9d0e-6c1b-4a52-9d0f-0c4d0f0f0f0f",
      },
    },
    { path: "/app/outbox.data", form: { intent: "send-refused-again", kind: id } },
    ...["order", "delivery", "inventory"].map((kind) => ({
      ...{ path: "/app/settings/shopify.data", form: { intent: "retry-entry", kind, id } },
    })),
    {
      path: "/app/settings/shopify.data",
      form: { intent: "sync-orders", period: "custom", from: id, to: "9999-12-31" },
    },
    { path: "/app/catalogue/workbench.data", form: { intent: "unmap", variantId: id } },
    { path: "/app/catalogue/workbench.data", form: { intent: "find-skus", search: id } },
    { path: "/app/catalogue/workbench.data", form: { intent: "map", variantId: "1", skuId: id, seen: id } },
    {
      path: "/app/catalogue/workbench.data",
      form: { intent: "accept", shopifyProductId: id, productId: id },
    },
    ...["retry", "constructor", id].flatMap((intent) =>
      ["webhooks", "orders", "cache/order"].map((folder) => ({
        ...{
          path: `/app/${folder}/${encodeURIComponent(id.toWellFormed() || "%00")}.data`,
          form: { intent },
        },
      })),
    ),
  ]);
  expect(await faultsOf(calls)).toEqual([]);
});
