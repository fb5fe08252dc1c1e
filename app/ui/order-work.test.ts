import { expect, test } from "vitest";

import type { AllowedAction } from "#app/erp/actions/action-outcome.ts";
import type { ErpOrderWithParts } from "#app/erp/orders/erp-order-with-parts.ts";

import { orderWork } from "./order-work.ts";

type Parts = Parameters<typeof orderWork>[1];
const none: Parts = { parcels: [], cases: [], holds: [] };
const units = [{ lineId: "1", qty: 2 }];
const can = (action: AllowedAction["action"], target: AllowedAction["target"] = null): AllowedAction => ({
  ...{ action, target, ok: true, units },
});
const cannot = (action: AllowedAction["action"], message: string): AllowedAction => ({
  ...{ action, target: null, ok: false },
  refused: { code: "ACTION_NOT_ALLOWED", message, next: "Do something else." },
});
const parcel = (id: string, state: string) =>
  ({ id, state, name: null, awbNumber: `AWB-${id}` }) as ErpOrderWithParts["parcels"][number];

test("the next step is that of the least advanced goods", () => {
  const ways: [AllowedAction["action"][], string][] = [
    [["cancel", "pack", "pick", "allocate"], "allocate"],
    [["hand_over", "pack", "pick"], "pick"],
    [["hand_over", "unpack", "pack"], "pack"],
    [["unpack", "relabel", "hand_over"], "hand_over"],
    [["unpack", "relabel", "confirm_stop_ship"], "relabel"],
  ];
  for (const [actions, next] of ways)
    expect(
      orderWork(
        actions.map((one) => can(one)),
        none,
      ).next?.action,
    ).toBe(next);
  expect(orderWork([can("cancel"), can("relabel")], none).next).toBeNull();
});

test("a parcel that comes back is received, one on its way delivered, and neither is taken for the other", () => {
  const both = (id: string) => [can("receive_rto", { parcelId: id }), can("deliver", { parcelId: id })];
  const nextWith = (state: string) =>
    orderWork(both("7"), { ...none, parcels: [parcel("7", state)] }).next?.action;
  expect(nextWith("handed_over")).toBe("deliver");
  expect(nextWith("rto_initiated")).toBe("receive_rto");
  expect(nextWith("lost")).toBeUndefined();
});

test("goods that came back are settled before others are sent", () => {
  const cases = [
    { id: "c", kind: "rto", state: "received", name: null, parcelId: "7" },
  ] as ErpOrderWithParts["cases"];
  const order = { ...none, cases, parcels: [parcel("7", "rto_received")] };
  const { next } = orderWork([can("allocate"), can("close_case", { caseId: "c" })], order);
  expect([next?.label, next?.about]).toEqual(["Settle case", "RTO of Parcel AWB-7"]);
});

test("what can be done is grouped by what it is about, in a person's words", () => {
  const work = orderWork(
    [
      can("cancel"),
      can("deliver", { parcelId: "7" }),
      can("lose", { parcelId: "7" }),
      can("deliver", { parcelId: "8" }),
    ],
    { ...none, parcels: [parcel("7", "handed_over"), parcel("8", "handed_over")] },
  );
  expect(work.can.map(({ title, items }) => [title, items.map(({ label }) => label)])).toEqual([
    ["Order", ["Cancel goods"]],
    ["Parcel AWB-7", ["Mark delivered", "Mark lost"]],
    ["Parcel AWB-8", ["Mark delivered"]],
  ]);
});

test("one reason against everything is said once; other reasons one by one", () => {
  const stopped = orderWork(
    [cannot("pick", "This is a test order"), cannot("pack", "This is a test order")],
    none,
  );
  expect(stopped.stopped).toEqual({ message: "This is a test order", next: "Do something else." });
  const mixed = orderWork([cannot("pick", "On hold"), cannot("pack", "Nothing is picked")], none);
  expect(mixed.stopped).toBeNull();
  expect(mixed.barred.map(({ label, message }) => `${label}: ${message}`)).toEqual([
    "Pick: On hold",
    "Pack: Nothing is picked",
  ]);
  expect(orderWork([cannot("pick", "On hold"), can("cancel")], none).stopped).toBeNull();
});
