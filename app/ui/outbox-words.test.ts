import { describe, expect, test } from "vitest";
import type { OutboxRow } from "#app/writeback/outbox-row.ts";
import { graveFollows, graveWords, outboxDecisions } from "./outbox-words.ts";

describe("what a person can decide", () => {
  test.each<[OutboxRow["standing"], string[], string[]]>([
    ["refused", ["send_again", "booked", "drop"], ["send_again", "drop"]],
    ["conflict", ["send_again", "booked", "drop"], ["send_again", "drop"]],
    ["off", ["booked", "drop"], ["drop"]],
    ["dropped", ["booked", "send_again"], []],
    ["already", [], []],
    ["sending", [], []],
  ])("where it is %s: of a payment %j, of an edit %j", (standing, payment, edit) => {
    expect(outboxDecisions({ kind: "orderMarkAsPaid", standing })).toEqual(payment);
    expect(outboxDecisions({ kind: "orderEdit", standing })).toEqual(edit);
  });

  test("of a payment it is said which word to choose, and only what is final is called so", () => {
    const payment = aRow("orderMarkAsPaid");
    expect(graveWords(payment, "booked").ask).toBe("It is booked in Shopify…");
    expect(graveWords(payment, "drop").ask).toBe("Leave it…");
    expect(graveFollows(payment, "booked").join(" ")).toMatch(
      /only once Shopify shows the payment.*taken back/,
    );
    const left = graveFollows(payment, "drop").join(" ");
    expect(left).toContain("collect that much less");
    expect(left).toContain("say that it is booked in Shopify, now or later");
    expect(left).not.toContain("taken back");
    expect(graveFollows(aRow("orderEdit"), "drop").join(" ")).toContain("This cannot be taken back.");
  });
});

function aRow(kind: OutboxRow["kind"]): OutboxRow {
  return {
    ...{
      id: "1",
      kind,
      entity: "order",
      entityId: "1001",
      status: "refused",
      standing: "refused",
      attempts: 1,
    },
    ...{ nextRetryAt: null, errorCode: null, error: null, actor: "", createdAt: "2026-11-22T10:00:00.000Z" },
    ...{ sentAt: null, endedAt: null, orderNumber: "#1042", stock: null, words: "", conflict: null },
    ...{ said: null, next: null },
  };
}
