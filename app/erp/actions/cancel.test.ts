import { describe, expect, test } from "vitest";
import { decide, packed, refusal, Story, units } from "#tests/fixtures/an-action-story.ts";

describe("a cancellation", () => {
  const switches = { restock: false, notifyCustomer: false };

  test("of all that nobody has sent is of the order; refund, restock and message only where they are said", () => {
    const { state } = packed();
    expect(decide(state, "cancel").intents).toEqual([
      {
        ...{ kind: "orderCancel", entity: "order", entityId: "1001" },
        payload: { ...switches, reason: "OTHER", refund: false, staffNote: "" },
      },
    ]);
    const asked = { refund: true, restock: true, notifyCustomer: true, reason: "CUSTOMER", note: "By phone" };
    expect(decide(state, "cancel", asked).intents[0]?.payload).toEqual({
      ...{ refund: true, restock: true, notifyCustomer: true, reason: "CUSTOMER", staffNote: "By phone" },
    });
  });

  test("of a part is an edit; packed units come out of the box last", () => {
    const story = new Story().do("pick").do("pack", units("501", 1));
    expect(decide(story.state, "cancel", units("501", 1)).intents).toMatchObject([
      { kind: "orderEdit", payload: { lines: [{ lineId: "501", qty: 1 }], ...switches } },
    ]);
    expect(story.do("cancel", units("501", 1)).seen).toBe("1/1/1/0/1");
    expect(story.do("cancel", units("501", 1)).seen).toBe("0/0/0/0/2");
    expect(refusal(story.state, "cancel", { ...units("502", 1), refund: true })).toBeNull();
  });

  test("of a part sends no money back", () => {
    expect(refusal(new Story().state, "cancel", { ...units("501", 1), refund: true })?.next).toContain(
      "refund them on the order's page",
    );
  });

  test("of the rest, once something has left, leaves what left", () => {
    const story = packed().do("hand_over", { ...units("501", 2), parcelId: "P1" });
    expect(decide(story.state, "cancel").intents).toMatchObject([
      { kind: "orderEdit", payload: { lines: [{ lineId: "502", qty: 1 }] } },
    ]);
  });

  test("tells Shopify only of what Shopify still lists", () => {
    const tookOff = {
      lines: [{ id: "501", quantity: 2, currentQuantity: 1, unfulfilledQuantity: 1 }, { id: "502" }],
    };
    const story = packed().hear(tookOff);
    expect(decide(story.state, "cancel", units("501", 1)).intents).toEqual([]);
    expect(decide(story.state, "cancel", units("501", 2)).intents).toMatchObject([
      { kind: "orderEdit", payload: { lines: [{ lineId: "501", qty: 1 }] } },
    ]);
    expect(story.do("cancel", units("501", 1)).seen).toBe("1/1/1/0/1");
    const gone = packed().hear({ cancelledAt: "2026-11-10T11:00:00Z" });
    expect(decide(gone.state, "cancel").intents).toEqual([]);
    // Nor does money go back unseen.
    expect(refusal(gone.state, "cancel", { refund: true })?.next).toContain(
      "refund them on the order's page",
    );
  });
});
