import { expect, test } from "vitest";

import { OrderAction, type OrderActionName } from "#app/erp/actions/order-action.ts";
import { defaultSettings } from "#app/settings/default-settings.ts";

import {
  emptyWorkForm,
  reachesCustomer,
  workAction,
  workProblems,
  workQuestions,
} from "./order-work-form.ts";
import { shopifyIsTold } from "./order-work-told.ts";
import { workLabels, type WorkItem } from "./order-work.ts";

const targets: Partial<Record<OrderActionName, WorkItem["target"]>> = {
  ...Object.fromEntries(
    ["update_tracking", "take_back", "deliver", "lose", "initiate_rto", "receive_rto"].map((one) => [
      one,
      { parcelId: "p" },
    ]),
  ),
  receive_return: { caseId: "c" },
  close_case: { caseId: "c" },
  release_hold: { hold: "no_sku" },
};
const item = (action: OrderActionName): WorkItem => ({
  ...{ key: action, action, target: targets[action] ?? null, label: workLabels[action], about: null },
  units: [
    { lineId: "1", qty: 2 },
    { lineId: "2", qty: 1 },
  ],
});

test("every action can be sent as its question stands, and reaches nobody outside", () => {
  const names = Object.keys(workQuestions) as OrderActionName[];
  expect(names.toSorted()).toEqual(OrderAction.options.map(({ shape }) => shape.action.value).toSorted());
  for (const action of names) {
    const form = {
      ...emptyWorkForm(item(action)),
      ...(action === "update_tracking" ? { courier: "Delhivery" } : {}),
    };
    expect(workProblems(item(action), form), action).toEqual({});
    const read = OrderAction.safeParse(workAction(item(action), form));
    expect(read.error?.issues, action).toBeUndefined();
    expect(read.data).not.toMatchObject({ refund: true });
    expect(read.data).not.toMatchObject({ restock: true });
    expect(read.data).not.toMatchObject({ notifyCustomer: true });
    expect(reachesCustomer(action, form)).toMatch(/^Nothing reaches the customer/);
  }
});

test("quantities are whole, not above what can be, and not all nothing", () => {
  const form = emptyWorkForm(item("pick"));
  const problemsOf = (quantities: Record<string, string>) =>
    workProblems(item("pick"), { ...form, quantities });
  expect(problemsOf({ "1": "3", "2": "1" })).toEqual({ "1": "A whole number from 0 to 2" });
  expect(problemsOf({ "1": "1.5", "2": "-1" })).toEqual({
    "1": "A whole number from 0 to 2",
    "2": "A whole number from 0 to 1",
  });
  expect(problemsOf({ "1": "", "2": "0" })).toEqual({ "1": "At least one unit of something" });
  expect(problemsOf({ "1": " 2 ", "2": "" })).toEqual({});
  expect(workAction(item("pick"), { ...form, quantities: { "1": "2", "2": "" } })).toEqual({
    ...{ action: "pick", lines: [{ lineId: "1", qty: 2 }] },
  });
});

test("a whole cancellation names no lines, a part of an order is never refunded", () => {
  const form = { ...emptyWorkForm(item("cancel")), refund: true, notify: true };
  expect(workAction(item("cancel"), form)).toEqual({
    ...{ action: "cancel", reason: "CUSTOMER", restock: false, refund: true, notifyCustomer: true },
  });
  expect(reachesCustomer("cancel", form)).toBe(
    "The customer gets Shopify's message that it is cancelled and the money, by the way it was paid.",
  );
  const part = { ...form, isWhole: false, notify: false };
  expect(workAction(item("cancel"), part)).toMatchObject({
    ...{
      refund: false,
      lines: [
        { lineId: "1", qty: 2 },
        { lineId: "2", qty: 1 },
      ],
    },
  });
  expect(reachesCustomer("cancel", part)).toMatch(/^Nothing/);
});

test("a tracking link is a link", () => {
  const form = emptyWorkForm(item("hand_over"));
  for (const trackingUrl of ["javascript:alert(1)", "delhivery.com/1", "https://", "https://a b"])
    expect(workProblems(item("hand_over"), { ...form, trackingUrl })).toHaveProperty("trackingUrl");
  expect(workProblems(item("hand_over"), { ...form, trackingUrl: " https://delhivery.com/t/1 " })).toEqual(
    {},
  );
  expect(workProblems(item("update_tracking"), form)).toHaveProperty("awbNumber");
});

test("where goods are is said of those that are restocked only", () => {
  const close = item("close_case");
  const form = { ...emptyWorkForm(close), locationId: "pune" };
  const base = { action: "close_case", caseId: "c" };
  expect(workAction(close, form)).toEqual({ ...base, outcome: "restocked", locationId: "pune" });
  expect(workAction(close, { ...form, outcome: "damaged" })).toEqual({ ...base, outcome: "damaged" });
  expect(workAction(close, { ...form, locationId: "" })).toEqual({ ...base, outcome: "restocked" });
});

test("that a parcel does not arrive is told to Shopify once, and what is switched off waits", () => {
  const isOn = { ...defaultSettings.writeBack, fulfillmentEvent: true };
  const told = (action: OrderActionName, state: string) =>
    shopifyIsTold(action, { isWhole: true }, isOn, state)?.split(":")[0] ?? null;
  for (const action of ["lose", "initiate_rto", "receive_rto"] as const)
    expect([told(action, "handed_over"), told(action, "rto_initiated"), told(action, "lost")]).toEqual([
      ...["Shopify is told", null, null],
    ]);
  expect([told("cancel", ""), told("pick", "")]).toEqual(["Shopify is not told yet", null]);
});
