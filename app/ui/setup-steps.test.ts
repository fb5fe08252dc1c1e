import { expect, test } from "vitest";

import { aHomeView } from "#tests/fixtures/a-home-view.ts";

import { createFormat } from "./format.ts";
import { setupSteps } from "./setup-steps.ts";

const format = createFormat({ locale: "en-IN", timeZone: "Asia/Kolkata" });
const steps = (view: Parameters<typeof aHomeView>[0]) => setupSteps(aHomeView(view), format);
const empty = {
  lastDeliveryAt: null,
  setup: {
    ...{ cutOverAt: null, productsSyncedAt: null, ordersDumpedAt: null },
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
  ["dump", { setup: { ordersDumpedAt: null } }],
  ["processed", { pending: 1 }],
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

test("a write-back that was turned on is said", () => {
  const step = steps({ setup: { writeBacksOn: 2 } }).steps.find(({ key }) => key === "write-back");
  expect(step?.words).toBe("2 kinds of write-back are turned on; all others are off.");
});
