import { expect, test } from "vitest";

import type { PaymentRule } from "#app/settings/settings-schema.ts";

import { draftOf, editRules, rulesOf, sameRules, type RulesAction } from "./payment-rules-draft.ts";
import { readRuleForm, ruleForm } from "./payment-rule-form.ts";
import { readTestOrder, TEST_ORDER } from "./payment-test-order.ts";

const rule = (text: string): PaymentRule => ({ on: "gateway", match: "words", text, method: "COD" });
const abc = draftOf(["a", "b", "c"].map(rule));
const texts = (...actions: RulesAction[]) =>
  rulesOf(actions.reduce(editRules, abc))
    .map(({ text }) => text)
    .join("");

test.each<[string, RulesAction[]]>([
  ["xabc", [{ do: "add", rule: rule("x"), position: 1 }]],
  ["abcx", [{ do: "add", rule: rule("x"), position: 99 }]],
  ["xabc", [{ do: "add", rule: rule("x"), position: -3 }]],
  ["axc", [{ do: "change", id: 2, rule: rule("x"), position: 2 }]],
  ["acx", [{ do: "change", id: 2, rule: rule("x"), position: 3 }]],
  ["abc", [{ do: "change", id: 9, rule: rule("x"), position: 1 }]],
  ["ac", [{ do: "remove", id: 2 }]],
  ["bac", [{ do: "move", id: 2, to: 1 }]],
  ["acb", [{ do: "move", id: 2, to: 3 }]],
  ["cab", [{ do: "move", id: 3, to: 1 }]],
  ["abc", [{ do: "move", id: 3, to: 9 }]],
  ["xy", [{ do: "replace", rules: [rule("x"), rule("y")] }]],
])("%s after %j", (after, actions) => {
  expect(texts(...actions)).toBe(after);
  expect(rulesOf(abc).map(({ text }) => text)).toEqual(["a", "b", "c"]);
});

test("ids are never given twice, so that focus and fields stay with their rule", () => {
  const edited = [
    { do: "add", rule: rule("x"), position: 1 } as const,
    { do: "remove", id: 4 } as const,
    { do: "add", rule: rule("y"), position: 1 } as const,
    { do: "replace", rules: [rule("z")] } as const,
  ].reduce<{ draft: typeof abc; ids: number[] }>(
    ({ draft, ids }, action) => {
      const next = editRules(draft, action);
      return { draft: next, ids: [...ids, ...next.rules.map(({ id }) => id)] };
    },
    { draft: abc, ids: [] },
  );
  expect(edited.draft.rules.map(({ id }) => id)).toEqual([6]);
});

test("lists are the same when every rule says the same, whatever the order of its fields", () => {
  const { on, match, text, method } = rule("a");
  expect(sameRules([rule("a")], [{ method, text, match, on }])).toBe(true);
  expect(sameRules([rule("a"), rule("b")], [rule("b"), rule("a")])).toBe(false);
  expect(sameRules([rule("a")], [])).toBe(false);
});

test.each([
  [{ text: "₹" }, "text", /letter or a digit/],
  [{ text: "  " }, "text", /Type the text/],
  [{ text: "x".repeat(201) }, "text", /200/],
  [{ text: "cod", on: "attribute" as const, name: " " }, "name", /attribute's name/],
  [{ text: "cod", position: "0" }, "position", /from 1 to 4/],
  [{ text: "cod", position: "5" }, "position", /from 1 to 4/],
])("a form with %j is refused at %s", (fields, field, words) => {
  const read = readRuleForm({ ...ruleForm(null, 1), ...fields }, 4);
  expect(read.ok).toBe(false);
  if (!read.ok) expect(read.errors).toEqual({ [field]: expect.stringMatching(words) as string });
});

test("a form that is right gives the rule, trimmed, and its place; a name only where it says something", () => {
  expect(readRuleForm({ ...ruleForm(null, 1), text: " Pay later ", name: "x", position: "2" }, 4)).toEqual({
    ok: true,
    rule: { on: "gateway", match: "words", text: "Pay later", method: "COD" },
    position: 2,
  });
  const byMode: PaymentRule = { ...rule("cod"), on: "attribute", name: "Mode" };
  expect(readRuleForm(ruleForm(byMode, 3), 4)).toEqual({ ok: true, rule: byMode, position: 3 });
});

test("what is typed into the test box becomes an order", () => {
  expect(
    readTestOrder({
      ...TEST_ORDER,
      ...{
        gateways: "Razorpay\n\n cod ",
        tags: "vip, cod",
        attributes: "Mode: Partial COD\nGift",
        paid: "PAID",
      },
    }),
  ).toEqual({
    ...{ gatewaysSeen: ["Razorpay", "cod"], financialStatus: "PAID", outstandingMinor: 0 },
    ...{ nothingToPay: false, tags: ["vip", "cod"], correction: null },
    attributes: [
      { name: "Mode", value: "Partial COD" },
      { name: "Gift", value: "" },
    ],
  });
  expect(readTestOrder({ ...TEST_ORDER, paid: "free" })).toMatchObject({ nothingToPay: true });
  expect(readTestOrder({ ...TEST_ORDER, paid: "AUTHORIZED" })).toMatchObject({ outstandingMinor: 0 });
});
