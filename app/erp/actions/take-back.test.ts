import { describe, expect, test } from "vitest";
import { decide, fulfilment, packed, refusal, units } from "#tests/fixtures/an-action-story.ts";
import { withFacts } from "./action-state.ts";

describe("a parcel taken back", () => {
  const sent = () => packed().do("hand_over", { ...units("501", 2), parcelId: "P1", awbNumber: "AWB 1" });

  test("is packed again, and whoever cancels its fulfilment finds it", () => {
    const story = sent().hear(fulfilment());
    const { facts, intents } = decide(story.state, "take_back", { parcelId: "P1" });
    expect(intents).toMatchObject([{ kind: "fulfillmentCancel", payload: { parcelId: "P1" } }]);
    expect(facts).toContainEqual(
      expect.objectContaining({ kind: "parcel_linked", parcelId: "P1", details: { fulfillmentId: "71" } }),
    );
    // Before Shopify has heard of it too.
    expect(story.do("take_back", { parcelId: "P1" }).seen).toBe("2/2/2/0/0 · 71 cancelled");
    expect(story.hear(fulfilment({ status: "CANCELLED", displayStatus: "CANCELED" })).seen).toBe(
      "2/2/2/0/0 · 71 cancelled",
    );
  });

  test("leaves later under the same AWB: no case opens for the fulfilment that was cancelled", () => {
    const story = sent().hear(fulfilment()).do("take_back", { parcelId: "P1" });
    story.hear(fulfilment({ status: "CANCELLED", displayStatus: "CANCELED" }));
    story.do("hand_over", { ...units("501", 2), parcelId: "P2", awbNumber: "AWB 1" });
    expect(story.seen).toBe("0/0/0/2/0 · P2 handed_over · 71 cancelled");
    expect(story.state.cases).toEqual([]);
    expect(story.state.collect.byParcel.get("P2")).toBe(200_00);
  });

  test("leaves later while Shopify still has its fulfilment: they are one", () => {
    const story = sent().hear(fulfilment()).do("take_back", { parcelId: "P1" });
    story.do("hand_over", { ...units("501", 2), parcelId: "P2", awbNumber: "AWB 1" });
    expect(story.seen).toBe("0/0/0/2/0 · P2 handed_over");
  });

  test("has left all the same once a carrier has it", () => {
    const story = sent().hear(fulfilment()).do("take_back", { parcelId: "P1" });
    story.hear(fulfilment({ displayStatus: "IN_TRANSIT", inTransitAt: "2026-11-11T10:00:00Z" }));
    expect(story.seen).toBe("0/0/0/2/0 · 71 in_transit");
  });

  test("whose fulfilment is made in Shopify only afterwards is here all the same", () => {
    const story = sent().do("take_back", { parcelId: "P1" });
    const linked = {
      kind: "parcel_linked",
      lineId: null,
      parcelId: "P1",
      qty: null,
      details: { fulfillmentId: "71" },
    };
    story.state = withFacts(story.state, [linked]);
    expect(story.hear(fulfilment()).seen).toBe("2/2/2/0/0 · 71 cancelled");
  });

  test("is no longer taken back once there is news of it", () => {
    const moved = sent().hear(
      fulfilment({ displayStatus: "IN_TRANSIT", inTransitAt: "2026-11-11T10:00:00Z" }),
    );
    expect(refusal(moved.state, "take_back", { parcelId: "P1" })?.message).toContain("on its way");
  });

  test("is not taken back once its courier has paid out what it collected", () => {
    const story = sent();
    const details = { receiptId: "r1", amount: "200.00" };
    story.state = withFacts(story.state, [
      { kind: "receipt", lineId: null, parcelId: "P1", qty: null, details },
    ]);
    expect(refusal(story.state, "take_back", { parcelId: "P1" })?.message).toBe(
      "Parcel AWB 1 was paid for: its courier has paid out what it collected",
    );
  });
});
