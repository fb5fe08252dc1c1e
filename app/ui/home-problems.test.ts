import { expect, test } from "vitest";

import { aHomeView, waiting } from "#tests/fixtures/a-home-view.ts";

import { createFormat } from "./format.ts";
import { homeProblems } from "./home-problems.ts";
import type { HomeView, LastRunView, ReasonView } from "./home-view.ts";

const format = createFormat({ locale: "en-IN", timeZone: "Asia/Kolkata" });
const find = (view: Parameters<typeof aHomeView>[0]) => homeProblems(aHomeView(view), format);

const aReason = (reason: Partial<ReasonView>): ReasonView => ({
  ...{ kind: "order", code: "SKU_NOT_FOUND", failed: 0, quarantined: 0, example: "SKU not found: A" },
  ...{ words: "SKU not found", next: "Sync all products." },
  ...reason,
});
const aRun = (run: Partial<LastRunView>): LastRunView => ({
  ...{ id: "j1", jobType: "products", status: "completed", wish: null, error: null },
  at: "2026-11-26T09:00:00.000Z",
  ...run,
});
const noTrouble = { conflicts: 0, refused: 0, still: null, tried: null };
const error = { code: "SHOPIFY_UNREACHABLE", text: "Shopify does not answer.", next: "Wait." };
const scheduler = (code: "SCHEDULER_OFF" | "SCHEDULER_FAILING") => ({
  code,
  message: "Why.",
  next: "What next.",
});

test("where all is well there is no problem", () => {
  expect(find({})).toEqual([]);
});

test.each<[string, Partial<HomeView>, string, "critical" | "warning", string | null, string | null]>([
  [
    "no access",
    { token: null },
    "The app has no access to Shopify",
    ...(["critical", null, "/app/settings/shopify"] as const),
  ],
  [
    "access that ends within a week",
    { token: { refreshExpires: "2026-12-03T09:00:00.000Z" } },
    "The app's access to Shopify ends on 3 Dec 2026, 2:30 pm",
    ...(["warning", null, "/app/settings/shopify"] as const),
  ],
  [
    "access that has ended",
    { token: { refreshExpires: "2026-11-26T09:00:00.000Z" } },
    "The app's access to Shopify ended on 26 Nov 2026, 2:30 pm",
    ...(["critical", null, "/app/settings/shopify"] as const),
  ],
  [
    "a schedule that is off",
    { schedulerProblem: scheduler("SCHEDULER_OFF") },
    ...(["Why.", "warning", "start-scheduler", "/app/settings/shopify"] as const),
  ],
  [
    "look-backs that fail",
    { schedulerProblem: scheduler("SCHEDULER_FAILING") },
    ...(["Why.", "critical", "trigger-scheduler", "/app/settings/shopify"] as const),
  ],
  [
    "a job that hangs",
    {
      stuckJobs: [{ id: "j 7", jobType: "orders", problem: { code: "JOB_STUCK", message: "m", next: "n" } }],
    },
    ...(["Full dump of orders: it does not go on", "critical", null, "/app/jobs/j%207"] as const),
  ],
  [
    "what waits and nobody takes",
    {
      pending: waiting({
        order: { count: 1200, oldestAt: "2026-11-26T09:50:00.000Z" },
        customer: { count: 1, oldestAt: "2026-11-26T09:45:00.000Z" },
      }),
    },
    "1 customer, 1,200 orders wait to come into the ERP, the first for 15 min 0 s",
    ...(["critical", "process-pending", "/app/cache/customer?status=pending&sort=received+asc"] as const),
  ],
  [
    "an SKU that is not there",
    { reasons: [aReason({ failed: 12 })] },
    "12 orders failed: SKU not found",
    ...(["critical", "sync-products", "/app/cache/order?status=failed&code=SKU_NOT_FOUND"] as const),
  ],
  [
    "one that waits for a person",
    {
      reasons: [aReason({ kind: "product", code: "PAYLOAD_UNREADABLE", quarantined: 1, words: "Not read" })],
    },
    "1 product failed and waits for you: Not read",
    ...([
      "critical",
      "retry-failed",
      "/app/cache/product?status=quarantined&code=PAYLOAD_UNREADABLE",
    ] as const),
  ],
  [
    "webhooks that could not be read",
    { failedDeliveries: 2 },
    ...([
      "2 webhooks could not be read or handled",
      "critical",
      "retry-failed",
      "/app/webhooks?outcome=failed",
    ] as const),
  ],
  [
    "what Shopify refused",
    { outbox: { ...noTrouble, refused: 2 } },
    ...([
      "Shopify refused 2 updates from here",
      "critical",
      null,
      "/app/outbox?status=conflict&status=refused",
    ] as const),
  ],
  [
    "what Shopify has otherwise than the ERP thought",
    { outbox: { ...noTrouble, conflicts: 1 } },
    ...([
      "1 update to Shopify waits for your decision",
      "critical",
      null,
      "/app/outbox?status=conflict&status=refused",
    ] as const),
  ],
  [
    "a sender that stands still",
    { outbox: { ...noTrouble, still: { kind: "orderCancel", since: "2026-11-26T09:30:00.000Z" } } },
    ...([
      "Shopify has not been told for 30 min 0 s what is due: cancel an order",
      "critical",
      null,
      "/app/outbox?status=waiting&kind=orderCancel&sort=created+asc",
    ] as const),
  ],
  [
    "what is sent in vain",
    {
      outbox: {
        ...noTrouble,
        tried: { kind: "orderEdit", since: "2026-11-26T08:00:00.000Z", error: "Shopify is down" },
      },
    },
    ...([
      "Shopify could not be told for 2 h 0 min: edit an order",
      "warning",
      null,
      "/app/outbox?status=waiting&kind=orderEdit&sort=created+asc",
    ] as const),
  ],
  [
    "a last run that failed",
    { lastRuns: [aRun({ status: "failed", error })] },
    ...(["Products: the last run failed", "warning", "sync-products", "/app/jobs/j1"] as const),
  ],
  [
    "silence",
    { silence: "No webhook has come for 5 h." },
    ...(["The webhooks are silent", "warning", "trigger-scheduler", "/app/webhooks"] as const),
  ],
  [
    "a result that expires",
    { unreadResults: [{ jobId: "j1", jobType: "orders", expiresAt: "2026-11-28T10:00:00.000Z" }] },
    "Full dump of orders: its result is to be read before 28 Nov 2026, 3:30 pm",
    ...(["warning", null, "/app/jobs/j1"] as const),
  ],
  [
    "a result that is gone",
    { unreadResults: [{ jobId: "j1", jobType: "orders", expiresAt: "2026-11-26T09:59:00.000Z" }] },
    "Full dump of orders: Shopify dropped its result on 26 Nov 2026, 3:29 pm",
    ...(["critical", null, "/app/jobs/j1"] as const),
  ],
  [
    "a privacy request that is due soon",
    { openRequests: [{ id: "r", dueAt: "2026-12-01T10:00:00.000Z" }] },
    "1 privacy request is not carried out, due 1 Dec 2026, 3:30 pm",
    ...(["critical", null, "/app/settings/shopify"] as const),
  ],
])("%s is said with what mends it", (_case, view, title, tone, intent, path) => {
  const [problem, ...others] = find(view);
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ title, tone });
  const { remedy = null, see = null } = problem ?? {};
  expect(remedy && "send" in remedy ? remedy.send["intent"] : null).toBe(intent);
  expect(see && "path" in see ? see.path : null).toBe(path);
  expect(problem?.why.join("")).not.toBe("");
});

test.each([
  ["2027-08-01T00:00:00.000Z", []],
  ["2027-08-03T00:00:00.000Z", ["Shopify supports API version 2026-10 until 1 Oct 2027"]],
  ["2027-10-01T00:00:00.000Z", ["Shopify has not supported API version 2026-10 since 1 Oct 2027"]],
])("on %s of API version 2026-10 is said: %j", (now, titles) => {
  const token = { refreshExpires: null };
  expect(find({ now, token }).map(({ title }) => title)).toEqual(titles);
});

test("what waits is no problem while a job runs, nor before ten minutes", () => {
  const since = (oldestAt: string) => waiting({ order: { count: 5, oldestAt } });
  const pending = since("2026-11-26T09:00:00.000Z");
  expect(find({ pending, lastRuns: [aRun({ jobType: "orders", status: "running" })] })).toEqual([]);
  expect(find({ pending: since("2026-11-26T09:51:00.000Z") })).toEqual([]);
});

test("what is retried beside a reason is what failed for it, and the page that mends it is one press away", () => {
  const [problem] = find({ reasons: [aReason({ code: "MONEY_UNREADABLE", failed: 2 })] });
  expect(problem?.remedy).toMatchObject({
    send: { intent: "retry-failed", kind: "order", code: "MONEY_UNREADABLE" },
  });
  // A code of another version: nobody would know it.
  const [unknown] = find({ reasons: [aReason({ code: "OF_OLD", failed: 2 })] });
  expect(unknown?.remedy).toMatchObject({ send: { intent: "retry-failed", kind: "order" } });
  expect(unknown?.remedy).not.toHaveProperty("send.code");
  const [noSku] = find({ reasons: [aReason({ failed: 2 })] });
  expect(noSku?.also).toEqual({ label: "Map the SKU", path: "/app/catalogue/workbench" });
});

test("two look-backs that failed are said once, as the schedule's", () => {
  const lastRuns = [aRun({ jobType: "look-back", status: "failed", error })];
  expect(find({ lastRuns, schedulerProblem: scheduler("SCHEDULER_FAILING") })).toHaveLength(1);
  expect(find({ lastRuns })).toHaveLength(1);
});

test("the worst comes first", () => {
  const found = find({
    ...{ silence: "Silent.", schedulerProblem: scheduler("SCHEDULER_OFF"), token: null },
    reasons: [aReason({ failed: 3, quarantined: 2 })],
  });
  expect(found.map(({ key }) => key)).toEqual([
    ...["token", "quarantined-order-SKU_NOT_FOUND", "failed-order-SKU_NOT_FOUND", "scheduler", "silence"],
  ]);
});
