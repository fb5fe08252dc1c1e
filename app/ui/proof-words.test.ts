import { expect, test } from "vitest";

import { createFormat } from "./format.ts";
import type { ProofView } from "./proof-view.ts";
import { proofWords } from "./proof-words.ts";

const format = createFormat({ locale: "en-IN", timeZone: "Asia/Kolkata" });
type Proof = NonNullable<ProofView["proof"]>;

const aView = (proof: Partial<Proof> | null, view: Partial<ProofView> = {}): ProofView => ({
  ...{ day: "2026-11-21", isYesterday: true, state: "fresh", lastCheckedDay: "2026-11-21" },
  ...view,
  proof: proof && {
    ...{
      currency: "INR",
      shopifyOrders: 412,
      shopifyTotal: "618240.00",
      erpOrders: 412,
      erpTotal: "618240.00",
    },
    ...{ missing: 0, differing: 0, pending: 0, failed: 0, onHold: 3, problem: null },
    ...{ checkedAt: "2026-11-22T05:12:00.000Z" },
    ...proof,
  },
});
const say = (view: ProofView) => {
  const { parts, ...rest } = proofWords(view, format);
  return { line: parts.map(({ words }) => words).join(" · "), ...rest };
};

test("a day in agreement", () => {
  expect(say(aView({}))).toEqual({
    line: "Shopify 412 orders ₹6,18,240 · ERP 412 orders ₹6,18,240 · missing 0 · on hold 3 · checked 10:42 am",
    badge: { words: "In agreement", tone: "success" },
    notes: [],
  });
});

test("what is missing, differs, waits or failed is told and leads on", () => {
  const view = aView({
    erpOrders: 411,
    erpTotal: "618140.50",
    missing: 1,
    differing: 2,
    pending: 4,
    failed: 1,
  });
  expect(say(view).line).toBe(
    "Shopify 412 orders ₹6,18,240 · ERP 411 orders ₹6,18,140.50 · missing 1 · differing 2 · pending 4 · failed 1 · on hold 3 · checked 10:42 am",
  );
  expect(say(view).badge.words).toBe("Not in agreement");
  const { parts } = proofWords(view, format);
  const loud = parts.filter((part) => part.needsLook);
  expect(loud.map(({ words }) => words)).toEqual(["missing 1", "differing 2", "pending 4", "failed 1"]);
  // Every figure leads to its list on the page of the day; when it was checked is no figure.
  expect(parts.map(({ place }) => place)).toEqual([
    ...["", "", "missing", "differing", "pending", "failed", "held"],
    null,
  ]);
});

test("without Shopify nothing is proven, and the reason is told", () => {
  const said = say(aView({ shopifyOrders: null, shopifyTotal: null, problem: "Shopify does not answer." }));
  expect(said.line).toMatch(/^Shopify not known · ERP 412 orders/);
  expect(said.badge.words).toBe("Not proven");
  expect(said.notes).toEqual(["Shopify does not answer."]);
});

test("a day whose orders were only counted is not called in agreement", () => {
  const said = say(aView({ shopifyTotal: null, problem: "More than 10,000 orders." }));
  expect(said.line).toMatch(/^Shopify 412 orders · ERP/);
  expect(said.badge.words).toBe("Not proven");
});

test("numbers that differ are never called in agreement", () => {
  expect(say(aView({ erpOrders: 413 })).badge.words).toBe("Not in agreement");
});

test("law 10: no check, and an old one, are said", () => {
  expect(say(aView(null, { state: "never", lastCheckedDay: "2026-11-19" }))).toEqual({
    line: "",
    badge: { words: "Not checked", tone: "attention" },
    notes: ["Not yet compared with Shopify. The last day that was checked is 19 Nov 2026."],
  });
  const old = say(aView({}, { state: "stale" }));
  expect(old.badge.words).toBe("Old");
  expect(old.line).toContain("checked 22 Nov 2026, 10:42 am");
});
