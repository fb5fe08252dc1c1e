import { describe, expect, test } from "vitest";
import { goodsActions } from "./goods.ts";
import { packed, refusal, Story, units } from "#tests/fixtures/an-action-story.ts";

/** Of each action that the goods could take, the next step where it is refused. */
const nexts = ({ state }: Story) =>
  Object.fromEntries(
    [...goodsActions, "relabel" as const, "hand_over" as const, "confirm_stop_ship" as const].flatMap(
      (action) => {
        const no = refusal(state, action);
        return no ? [[action, no.next]] : [];
      },
    ),
  );

describe("the next step beside a refusal is one that can be taken", () => {
  test("while the goods are here it goes on from where they are", () => {
    expect(nexts(new Story())).toMatchObject({
      ...{ pack: "Pick the goods first.", relabel: "Pick the goods first." },
      ...{ hand_over: "Pick the goods first.", confirm_stop_ship: "Pick the goods first." },
    });
    expect(nexts(new Story().do("pick"))).toMatchObject({
      ...{ allocate: "Pack what is picked.", pick: "Pack what is picked." },
      ...{ hand_over: "Pack what is picked.", confirm_stop_ship: "Pack what is picked." },
    });
    expect(nexts(packed())).toMatchObject({
      ...{ allocate: "Hand over what is packed.", pick: "Hand over what is packed." },
      ...{ pack: "Hand over what is packed.", confirm_stop_ship: "Hand over what is packed." },
    });
  });

  test("of an order that was cancelled here, or has left, nothing is to be picked or packed", () => {
    const over = "Nothing is to be done: the order is cancelled.";
    expect(nexts(packed().do("cancel"))).toMatchObject({
      allocate: over,
      pick: over,
      pack: over,
      hand_over: over,
    });
    const gone = "Look at its parcels: nothing of it is here to be sent.";
    expect(nexts(packed().do("hand_over"))).toMatchObject({
      allocate: gone,
      pick: gone,
      pack: gone,
      relabel: gone,
    });
  });

  test("where a stop-ship stands in the way it is about that", () => {
    const { state } = packed().hear({ outstanding: "30.00" });
    expect(refusal(state, "pick")?.next).toMatch(/^Unpack it, print the label again/);
  });

  test("goods that came back are not cancelled: they go back on the shelf", () => {
    const story = packed().do("hand_over", { parcelId: "P1" }).do("receive_rto", { parcelId: "P1" });
    expect(refusal(story.do("pick").state, "cancel")).toEqual({
      code: "ACTION_NOT_ALLOWED",
      message: "What is here of this order has come back undelivered",
      next: "Put it back on the shelf, and close its case: restocked, damaged or lost.",
    });
  });

  test("a case that is closed is not to be closed again", () => {
    const story = packed().do("hand_over", { parcelId: "P1" }).do("receive_rto", { parcelId: "P1" });
    const parcel = { parcelId: "P1" };
    for (const action of ["lose", "initiate_rto", "receive_rto"] as const) {
      expect(refusal(story.state, action, parcel)?.next).toMatch(/^Close its case/);
    }
    story.do("close_case", { caseId: "rto-P1", outcome: "damaged" });
    for (const action of ["lose", "initiate_rto", "receive_rto"] as const) {
      expect(refusal(story.state, action, parcel)?.next).toBe("Nothing is to be done: its case is closed.");
    }
    expect(refusal(story.state, "cancel", units("501", 1))).not.toBeNull();
  });

  test("of a return it is about the return that is there, the parcel that left, or the goods", () => {
    const ask = units("501", 1);
    expect(refusal(new Story().state, "open_return", ask)?.next).toBe("Pick the goods first.");
    const parcel = { parcelId: "P1" };
    const story = packed().do("hand_over", parcel);
    expect(refusal(story.state, "open_return", ask)?.next).toMatch(/^Mark the parcel delivered/);
    const all = { lines: [...units("501", 2).lines, ...units("502", 1).lines] };
    story.do("deliver", parcel).do("open_return", all);
    const [{ id: caseId } = { id: "" }] = story.state.cases;
    expect(refusal(story.state, "open_return", ask)?.next).toBe("Receive that return, or close it.");
    story.do("receive_return", { caseId, ...all }).do("close_case", { caseId, outcome: "damaged" });
    expect(refusal(story.state, "open_return", ask)?.next).toBe(
      "Nothing is to be done: its returns are closed.",
    );
  });
});
