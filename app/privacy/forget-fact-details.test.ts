import { expect, test } from "vitest";
import { readOrderFacts, type FactRow } from "#app/erp/facts/read-order-facts.ts";
import { forgetFactDetails } from "./forget-fact-details.ts";

const namesAsha = (text: string) => /asha/i.test(text);

test("an address goes, a reason that names the person is removed, and the rules read what is left", () => {
  const facts: [kind: string, details: object, left: object][] = [
    [
      "labelled",
      { addressKey: "asha|12 mg road", amountToCollect: "1.00", lineIds: ["11"] },
      { addressKey: null, amountToCollect: "1.00", lineIds: ["11"] },
    ],
    ["stop_ship_confirmed", { keys: ["address-asha|12", "cancelled"] }, { keys: ["cancelled"] }],
    [
      "handed_over",
      { awbNumber: "AWB-ASHA-1", courier: "Delhivery", trackingUrl: "https://track.example/?for=asha" },
      { awbNumber: "AWB-ASHA-1", courier: "Delhivery", trackingUrl: null },
    ],
    [
      "return_opened",
      { caseId: "asha-1", lines: [{ lineId: "11", qty: 1 }], reason: "Asha says: too small" },
      { caseId: "asha-1", lines: [{ lineId: "11", qty: 1 }], reason: "[removed]" },
    ],
    ["payment_method", { method: "COD" }, { method: "COD" }],
  ];
  const rows = facts.map(([kind, details, left]): FactRow => {
    expect(forgetFactDetails(details, namesAsha)).toEqual(left);
    return { kind, lineId: "11", parcelId: "p", qty: 1, details: left, at: "2026-11-22T10:00:00.000Z" };
  });
  expect(readOrderFacts(rows)).toMatchObject({ correction: "COD", label: { addressKey: null } });
});

test("a reason that names nobody stays, but where a whole shop is forgotten", () => {
  const details = { caseId: "c", lines: [], reason: "too small" };
  const told = {
    receiptId: "r",
    knownAt: "2026-11-22T10:00:00.000Z",
    paymentId: "gid://shopify/OrderTransaction/1",
  };
  expect(forgetFactDetails(told, null)).toEqual(told);
  expect(forgetFactDetails(details, namesAsha)).toEqual(details);
  expect(forgetFactDetails(details, null)).toEqual({ ...details, reason: "[removed]" });
});
