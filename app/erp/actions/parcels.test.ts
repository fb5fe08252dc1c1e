import { describe, expect, test } from "vitest";
import { decide, fulfilment, packed, refusal, Story, units } from "#tests/fixtures/an-action-story.ts";

describe("parcels", () => {
  test("several leave, each with its own goods, id and amount", () => {
    const story = packed()
      .do("hand_over", { ...units("501", 1), awbNumber: "A1" })
      .do("hand_over", { awbNumber: "A2" });
    expect(story.state.quantities.shipped.parcels.map(({ lines }) => lines)).toEqual([
      [{ lineId: "501", qty: 1 }],
      [
        { lineId: "501", qty: 1 },
        { lineId: "502", qty: 1 },
      ],
    ]);
    expect([...story.state.collect.byParcel.values()]).toEqual([100_00, 200_00]);
    expect(new Set(story.state.quantities.shipped.parcels.map(({ id }) => id)).size).toBe(2);
  });

  test("neither an id nor an AWB of another parcel of the order is taken", () => {
    const { state } = packed().do("hand_over", { ...units("501", 1), parcelId: "P1", awbNumber: "AWB 1" });
    expect(refusal(state, "hand_over", { parcelId: "P1" })?.message).toBe(
      "This order has had a parcel P1 already",
    );
    expect(refusal(state, "hand_over", { awbNumber: "awb-1" })?.message).toContain(
      "has the AWB awb-1 already",
    );
  });

  test("one whose AWB is corrected stays one with its fulfilment, which still has the old number", () => {
    const story = packed().do("hand_over", { ...units("501", 2), parcelId: "P1", awbNumber: "AWB 1" });
    const decided = decide(story.state, "update_tracking", { parcelId: "P1", awbNumber: "AWB 2" });
    expect(decided.intents).toMatchObject([
      { kind: "trackingUpdate", payload: { parcelId: "P1", awbNumber: "AWB 2" } },
    ]);
    story.do("update_tracking", { parcelId: "P1", awbNumber: "AWB 2" }).hear(fulfilment());
    expect(story.seen).toBe("0/0/0/2/0 · P1 handed_over");
  });

  test("one of Shopify's gets another AWB under its fulfilment's id", () => {
    const story = new Story(fulfilment()).do("update_tracking", { parcelId: "71", awbNumber: "AWB 2" });
    expect(story.state.quantities.shipped.parcels).toMatchObject([
      { id: "71", origin: "shopify", state: "handed_over", erp: { awbNumber: "AWB 2" } },
    ]);
  });

  test("Shopify hears of a failure once", () => {
    const story = packed().do("hand_over", { parcelId: "P1" });
    expect(decide(story.state, "initiate_rto", { parcelId: "P1" }).intents).toMatchObject([
      {
        kind: "fulfillmentEvent",
        payload: { status: "FAILURE", happenedAt: story.state.rules.now.toISOString() },
      },
    ]);
    story.do("initiate_rto", { parcelId: "P1" });
    expect(decide(story.state, "receive_rto", { parcelId: "P1" }).intents).toEqual([]);
  });

  test("what came back is sent again as another parcel", () => {
    const story = packed().do("hand_over", { parcelId: "P1" }).do("receive_rto", { parcelId: "P1" });
    story.do("pick").do("pack").do("hand_over", { parcelId: "P2" });
    expect(story.seen).toBe("0/0/0/2/0 · P1 rto_received · P2 handed_over");
  });

  test("what came back and leaves again is no longer fulfilled in Shopify by the parcel that came back", () => {
    const back = packed().do("hand_over", { parcelId: "P1", awbNumber: "AWB 1", ...units("501", 2) });
    const again = back.hear(fulfilment()).do("receive_rto", { parcelId: "P1" }).do("pick").do("pack");
    const told = decide(again.state, "hand_over", { parcelId: "P2", awbNumber: "AWB 2" }).intents;
    expect(told).toMatchObject([
      { kind: "fulfillmentCancel", entityId: "1001", payload: { parcelId: "P1" } },
      { kind: "fulfillmentCreate", payload: { parcelId: "P2" } },
    ]);
    // Goods that never left need nothing of it, and what Shopify has cancelled already is not cancelled again.
    expect(decide(again.state, "hand_over", units("502", 1)).intents.map(({ kind }) => kind)).toEqual([
      "fulfillmentCreate",
    ]);
    again.hear(fulfilment({ status: "CANCELLED" }));
    expect(decide(again.state, "hand_over", units("501", 2)).intents.map(({ kind }) => kind)).toEqual([
      "fulfillmentCreate",
    ]);
  });

  test("of two units, the one that never left goes first; only the second is one that came back", () => {
    const story = packed().do("hand_over", { parcelId: "P1", ...units("501", 1) });
    story.do("receive_rto", { parcelId: "P1" }).do("pick").do("pack");
    const kinds = (qty: number) =>
      decide(story.state, "hand_over", units("501", qty)).intents.map(({ kind }) => kind);
    expect(kinds(1)).toEqual(["fulfillmentCreate"]);
    expect(kinds(2)).toEqual(["fulfillmentCancel", "fulfillmentCreate"]);
  });
});
