import { expect, test } from "vitest";

import { createFormat } from "./format.ts";
import type { ProvenOrderView } from "./proof-day-view.ts";
import { provenWords } from "./proven-words.ts";

const format = createFormat({ locale: "en-IN", timeZone: "Asia/Kolkata" });
const anOrder = (order: Partial<ProvenOrderView>): ProvenOrderView => ({
  ...{ id: "1", number: "#1", shopify: null, erp: null, entry: null, wish: null },
  ...order,
});
const rupees = (total: string) => ({ total, currency: "INR" });
const inErp = (total: string) => ({ ...rupees(total), status: "open" });

test.each<[string, Partial<ProvenOrderView>, string[]]>([
  ["nobody asked for", {}, ["It has not come, and nobody has asked for it: check now, and it is fetched."]],
  ["came since", { erp: inErp("1.00") }, ["It is in the ERP by now: check again."]],
  ["failed", { entry: { status: "failed", error: "SKU not found: A" } }, ["SKU not found: A"]],
  [
    "waits for the processor",
    { entry: { status: "pending", error: null } },
    ["It is in the cache and waits for the processor."],
  ],
  [
    "is wished for",
    { wish: { reason: "Missing in the proof of 2026-11-21", error: "Rate limited" } },
    ["It is to be fetched from Shopify: Missing in the proof of 2026-11-21", "The last try: Rate limited"],
  ],
])("a missing order that %s", (_case, order, words) => {
  expect(provenWords("missing", anOrder(order), format)).toEqual(words);
});

test("one that differs is told with both totals", () => {
  const differing = (order: Partial<ProvenOrderView>) => provenWords("differing", anOrder(order), format);
  expect(differing({ shopify: rupees("100.00"), erp: inErp("90.50") })).toEqual([
    "Shopify ₹100 · ERP ₹90.50",
  ]);
  expect(differing({ shopify: rupees("100.00"), erp: inErp("100") })).toEqual([
    "Shopify ₹100 · ERP ₹100",
    "They are equal by now: check again.",
  ]);
  expect(differing({ erp: inErp("90.50") })).toEqual(["Shopify does not list it any more · ERP ₹90.50"]);
});
