import { expect, test } from "vitest";
import { intentPayloads } from "#app/outbox/outbox-intent.ts";

import { createFormat } from "./format.ts";
import { laterWords, previewWords, warningsOf } from "./preview-words.ts";
import { writeBackGroups, writeBackHelp, writeBackWords } from "./write-back-words.ts";

const format = createFormat({ locale: "en-IN", timeZone: "Asia/Kolkata" });
const never = () => false;
const some = { kind: "orderCancel", waiting: 3, refunds: 0, messages: 0 } as const;

test("a person is told what leaves at once and what from then on", () => {
  expect(previewWords(some, never, format)).toMatch(
    /^3 changes wait and would be sent at once\. From then on/,
  );
  expect(previewWords({ ...some, waiting: 1 }, never, format)).toMatch(
    /^1 change waits and would be sent at once/,
  );
  expect(previewWords({ ...some, waiting: 0 }, never, format)).toMatch(/^Nothing of this kind waits/);
});

test("moving alone sends nothing, and says what it needs", () => {
  const moves = { kind: "fulfillmentOrderMove", waiting: 2 } as const;
  expect(previewWords(moves, never, format)).toMatch(/before “Mark items as fulfilled” is on/);
  expect(previewWords(moves, () => true, format)).toMatch(/would be moved at once/);
});

test("refunds and messages are counted, each in words, and only where there are any", () => {
  expect(warningsOf(some, format)).toEqual([]);
  expect(warningsOf({ ...some, refunds: 1, messages: 2 }, format)).toEqual([
    "1 of them gives money back to the customer.",
    "2 of them make Shopify write to the customer.",
  ]);
});

test("what later ones may do to the customer is said of every kind that carries such a wish, and of no other", () => {
  const listed = writeBackGroups.flatMap(({ kinds }) => kinds);
  const carrying = listed.filter((kind) => {
    const payload = kind === "fulfillmentOrderMove" ? {} : intentPayloads[kind].shape;
    return "notifyCustomer" in payload || "refund" in payload;
  });
  expect(listed.filter((kind) => laterWords(kind) !== null)).toEqual(carrying);
  expect(listed.filter((kind) => laterWords(kind)?.includes("money back"))).toEqual(["orderCancel"]);
});

test("every kind is listed once, with what it does", () => {
  const listed = writeBackGroups.flatMap(({ kinds }) => kinds);
  expect(listed.toSorted()).toEqual(Object.keys(writeBackWords).toSorted());
  for (const kind of listed) expect(writeBackHelp[kind]).toMatch(/^When .*\.$/);
});
