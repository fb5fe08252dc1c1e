import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { defaultPaymentRules as rules } from "./default-payment-rules.ts";
import { determinePaymentMethod } from "./determine-payment-method.ts";
import { matchGateway, normalisePaymentText, ruleMatches } from "./match-gateway.ts";

describe("for any name", () => {
  const anyRule = fc.constantFrom(...rules);
  /** A character that makes a word longer: a letter or digit that normalising neither drops nor cuts at. */
  const gluing = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 3 })
    .filter(
      (glue) => /^[\p{L}\p{N}]+$/u.test(glue) && /^x[\p{L}\p{N}]+x$/u.test(normalisePaymentText(`x${glue}x`)),
    );
  const letters = fc.stringMatching(/^[a-z0-9]{1,5}$/);

  test("no rule matches inside a longer word", () => {
    fc.assert(
      fc.property(
        anyRule,
        fc.oneof(letters, gluing),
        fc.constantFrom("before", "after", "both"),
        (rule, glue, where) => {
          const name = `${where === "after" ? "" : glue}${rule.text}${where === "before" ? "" : glue}`;
          expect(ruleMatches(rule, normalisePaymentText(name))).toBe(false);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("a whole word matches whatever stands around it, unless a rule wants nothing there", () => {
    const around = fc.constantFrom("", " ", "_", "-", " (", "\u200b (", "1 ", "₹49 ", "　");
    fc.assert(
      fc.property(anyRule, around, around, fc.boolean(), (rule, before, after, loud) => {
        const name = `${before}${loud ? rule.text.toUpperCase() : rule.text}${after.split("").reverse().join("")}`;
        const wanted = rule.match === "words" || !/\d/.test(before + after);
        // The dotless i has no capital of its own.
        fc.pre(!(loud && rule.text.includes("ı")));
        expect(ruleMatches(rule, normalisePaymentText(name))).toBe(wanted);
      }),
      { numRuns: 2000 },
    );
  });

  const phrase = anyRule.map(({ text }) => text);
  const anyName = fc.oneof(
    phrase,
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.tuple(phrase, fc.string({ unit: "grapheme", maxLength: 4 }), phrase).map((parts) => parts.join("")),
  );

  test("what a name says does not change when it is normalised first", () => {
    fc.assert(
      fc.property(anyName, (name) => {
        expect(matchGateway(normalisePaymentText(name), rules)).toEqual(matchGateway(name, rules));
      }),
      { numRuns: 1000 },
    );
  });

  const verdict = (gatewaysSeen: readonly string[], outstandingMinor = 100_00) => {
    const facts = {
      financialStatus: "PENDING",
      outstandingMinor,
      nothingToPay: false,
      tags: [],
      attributes: [],
      correction: null,
    };
    const told = determinePaymentMethod({ ...facts, gatewaysSeen }, rules);
    return { ...told, unknownGateways: told.unknownGateways.toSorted() };
  };
  const seen = fc.uniqueArray(anyName, { maxLength: 5 });

  test("the order in which gateways were seen does not matter", () => {
    const shuffled = seen.chain((gateways) =>
      fc.tuple(
        fc.constant(gateways),
        fc.shuffledSubarray(gateways, { minLength: gateways.length }),
        fc.constantFrom(0, 100_00),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([gateways, others, open]) => {
        expect(verdict(others, open)).toEqual(verdict(gateways, open));
      }),
      { numRuns: 500 },
    );
  });

  test("another gateway never turns COD into Prepaid: an order is COD when any of its names is", () => {
    fc.assert(
      fc.property(seen, anyName, (gateways, more) => {
        const isCod = (of: readonly string[]) => verdict(of).paymentMethod === "COD";
        expect(isCod([...gateways, more])).toBe(isCod(gateways) || isCod([more]));
      }),
      { numRuns: 1000 },
    );
  });
});
