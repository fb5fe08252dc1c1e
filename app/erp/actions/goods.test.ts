import { describe, expect, test } from "vitest";
import { decide, fulfilment, packed, refusal, Story, units } from "#tests/fixtures/an-action-story.ts";

describe("goods", () => {
  test("units are asked for by line, together and never more than can be", () => {
    const { state } = new Story();
    expect(decide(state, "pick", { lines: [...units("501", 1).lines, ...units("501", 1).lines] }).words).toBe(
      "2 × Kurta picked",
    );
    expect(refusal(state, "pick", units("501", 3))?.message).toBe("Only 2 × Kurta can be picked now");
    expect(refusal(state, "pick", units("9", 1))?.message).toBe("This order has no line 9");
    expect(refusal(state, "pack", units("501", 1))?.message).toBe("Nothing is picked that is not packed");
  });

  test("what was picked goes back to the shelf only as far as it is in no box", () => {
    const story = new Story().do("pick", units("501", 2)).do("pack", units("501", 1)).do("deallocate");
    expect(story.seen).toBe("1/1/1/0/0");
  });

  test("what another app fulfilled meanwhile does not come up again when it comes back", () => {
    const story = packed().hear(fulfilment()).do("receive_rto", { parcelId: "71" });
    expect(story.seen).toBe("0/0/0/2/0 · 71 rto_received");
  });
});

describe("labels", () => {
  test("packing prints one with what the packed goods collect; what leaves or comes out changes the rest's", () => {
    const story = new Story().do("pick").do("pack", units("501", 1));
    expect(story.state.facts.label).toMatchObject({ amountToCollect: "100.00", lineIds: ["501", "502"] });
    expect(story.do("pack").state.facts.label?.amountToCollect).toBe("300.00");
    expect(story.do("unpack", units("502", 1)).state.facts.label?.amountToCollect).toBe("200.00");
    expect(story.do("hand_over", units("501", 1)).state.facts.label?.amountToCollect).toBe("100.00");
    expect(story.state.stopShip).toEqual([]);
  });

  test("a stop-ship over the amount is not hidden by unpacking a part; printing the label again ends it", () => {
    const story = packed().hear({ outstanding: "30.00" });
    expect(refusal(story.state, "hand_over")?.message).toContain("the label says 300.00");
    story.do("unpack", units("502", 1));
    expect(story.state.stopShip).toHaveLength(1);
    expect(refusal(story.state, "pack")?.message).toContain("must not leave");
    story.do("relabel");
    expect(story.state.stopShip).toEqual([]);
    expect(refusal(story.state, "hand_over")).toBeNull();
  });

  test("confirmed, the goods may leave as they are, until there is other news", () => {
    const story = packed().hear({ outstanding: "30.00" }).do("confirm_stop_ship");
    expect(refusal(story.state, "hand_over")).toBeNull();
    expect(refusal(story.hear({ outstanding: "20.00" }).state, "hand_over")).not.toBeNull();
  });

  test("a cancelled order cannot be confirmed away", () => {
    const { state } = packed().hear({ cancelledAt: "2026-11-10T11:00:00Z" });
    expect(refusal(state, "confirm_stop_ship")?.message).toBe("The order was cancelled in Shopify");
    expect(refusal(state, "hand_over")?.next).toMatch(/^Unpack/);
  });
});
