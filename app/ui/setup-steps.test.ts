import { expect, test } from "vitest";

import { aHomeView, waiting } from "#tests/fixtures/a-home-view.ts";

import { createFormat } from "./format.ts";
import { setupSteps } from "./setup-steps.ts";

const format = createFormat({ locale: "en-IN", timeZone: "Asia/Kolkata" });
const steps = (view: Parameters<typeof aHomeView>[0]) => setupSteps(aHomeView(view), format);
const empty = {
  lastDeliveryAt: null,
  setup: {
    ...{ cutOverAt: null, productsSyncedAt: null, ordersDumpedAt: null, lastDump: null },
    ...{ skus: null, unknownGateways: null, schedulerOn: false },
  },
};

test("in a new shop only the connection and what nobody has to turn on are done", () => {
  const { done, works, steps: all } = steps(empty);
  expect([done, all.length, works]).toEqual([2, 10, false]);
  expect(all.filter((step) => step.done).map(({ key }) => key)).toEqual(["connect", "write-back"]);
});

test("where everything is there, everything is ticked", () => {
  expect(steps({})).toMatchObject({ done: 10, works: true });
});

test.each([
  ["connect", { token: null }],
  ["cut-over", { setup: { cutOverAt: null } }],
  ["products", { setup: { productsSyncedAt: null } }],
  ["dump", { setup: { ordersDumpedAt: null, lastDump: null } }],
  ["webhooks", { lastDeliveryAt: null }],
  ["scheduler", { setup: { schedulerOn: false } }],
])("without %s the shop does not work, and a button leads on", (key, view) => {
  const { steps: all, works } = steps(view);
  const step = all.find((one) => one.key === key);
  expect([step?.done, works]).toEqual([false, false]);
  expect(step?.action).not.toBeNull();
});

test.each([
  [
    "skus",
    { setup: { skus: { duplicates: 2, blank: 1 } } },
    /^2 SKU texts are on several variants, 1 variant has none/,
  ],
  ["gateways", { setup: { unknownGateways: 1 } }, /^1 gateway name is not known/],
])("%s are looked at when somebody likes", (key, view, words) => {
  const { steps: all, works, done } = steps(view);
  expect([works, done]).toEqual([true, 9]);
  expect(all.find((one) => one.key === key)?.words).toMatch(words);
});

test("a shop that is set up stays so while something is on its way", () => {
  const pending = waiting({ order: { count: 2, oldestAt: "2026-11-26T09:59:00.000Z" } });
  const { works, isRestOptional, done, steps: all } = steps({ pending });
  expect([works, isRestOptional, done]).toEqual([true, false, 9]);
  expect(all.find(({ key }) => key === "processed")?.words).toBe("2 pending, 0 failed.");
});

test("a dump of some days is said with its period, and leaves the full one to whoever likes", () => {
  const lastDump = { at: "2026-11-22T00:00:00.000Z", from: "2026-11-19T18:30:00.000Z", until: null };
  const { works, isRestOptional, steps: all } = steps({ setup: { ordersDumpedAt: null, lastDump } });
  expect([works, isRestOptional]).toEqual([true, true]);
  const step = all.find(({ key }) => key === "dump");
  expect(step).toMatchObject({ done: false, optional: true, action: { send: { period: "all" } } });
  expect(step?.words).toContain("only orders created from 20 Nov 2026");
});

test("the addresses of the webhooks are where the step leads", () => {
  const step = steps({ lastDeliveryAt: null }).steps.find(({ key }) => key === "webhooks");
  expect(step?.action).toEqual({ label: "See the addresses", path: "/app/webhooks" });
});

test("what failed keeps the cache from being done, and is tried again", () => {
  const reason = {
    kind: "order",
    code: "INTERNAL",
    failed: 0,
    quarantined: 3,
    example: "",
    words: "",
    next: "",
  } as const;
  const step = steps({ reasons: [reason] }).steps.find(({ key }) => key === "processed");
  expect(step).toMatchObject({
    done: false,
    words: "0 pending, 3 failed.",
    action: { send: { intent: "retry-failed" } },
  });
});

test("without read_all_orders the dump asks for no more than Shopify tells", () => {
  const dump = (mayReadAllOrders: boolean) =>
    steps({ setup: { ordersDumpedAt: null, mayReadAllOrders } }).steps.find(({ key }) => key === "dump")
      ?.action;
  expect(dump(true)).toMatchObject({ send: { intent: "sync-orders", period: "all" } });
  expect(dump(false)).toMatchObject({ send: { intent: "sync-orders", period: "60" } });
});

test.each([
  [[], true, "Nothing leaves by itself", /^Every kind of write-back is off/],
  [
    ["orderCancel", "inventorySet"],
    ...[true, "What leaves is chosen", /^Turned on: Cancel an order, Set stock\. Everything else is off\.$/],
  ],
  [null, false, "Nothing leaves by itself", /cannot be read/],
] as const)("write-backs that are turned on, %j, are said", (writeBacksOn, done, title, words) => {
  const on = writeBacksOn && [...writeBacksOn];
  const step = steps({ setup: { writeBacksOn: on } }).steps.find(({ key }) => key === "write-back");
  expect(step).toMatchObject({ done, title, action: { path: "/app/settings/write-back" } });
  expect(step?.words).toMatch(words);
});
