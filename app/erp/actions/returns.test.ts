import { describe, expect, test } from "vitest";
import { anActionState, aSnapshot } from "#tests/fixtures/an-action-state.ts";
import { decide, packed, refusal, three, units, type Story } from "#tests/fixtures/an-action-story.ts";

describe("returns", () => {
  const arrived = () => packed().do("hand_over", { parcelId: "P1" }).do("deliver", { parcelId: "P1" });

  test("are of delivered units, each in one return", () => {
    const story = arrived();
    expect(refusal(packed().do("hand_over").state, "open_return", units("501", 1))?.message).toBe(
      "Nothing has been delivered yet",
    );
    story.do("open_return", { ...units("501", 1), parcelId: "P1", reason: "Too small" });
    expect(story.state.cases).toMatchObject([
      { kind: "return", parcelId: "P1", reason: "Too small", state: "initiated" },
    ]);
    expect(refusal(story.state, "open_return", units("501", 2))?.message).toBe(
      "Only 1 × Kurta can be returned now",
    );
    expect(refusal(story.state, "open_return", { ...units("502", 1), parcelId: "P9" })?.message).toBe(
      "This order has no parcel P9",
    );
  });

  test("end once something of them is here, or as lost", () => {
    const story = arrived().do("open_return", units("501", 2));
    const caseId = story.state.cases[0]?.id ?? "";
    expect(refusal(story.state, "close_case", { caseId, outcome: "restocked" })?.next).toBe(
      "Receive it first, or close it as lost.",
    );
    expect(refusal(story.state, "close_case", { caseId, outcome: "lost" })).toBeNull();
    story.do("receive_return", { caseId, ...units("501", 1) });
    expect(story.state.quantities.lines.get("501")?.returnedQty).toBe(1);
    story.do("close_case", { caseId, outcome: "damaged" });
    expect(story.state.cases).toMatchObject([{ id: caseId, state: "damaged" }]);
    expect(refusal(story.state, "receive_return", { caseId, ...units("501", 1) })?.message).toBe(
      "This return is closed: damaged",
    );
  });

  test("of a parcel end whatever its id is", () => {
    const parcelId = "P".repeat(100);
    const story = packed().do("hand_over", { parcelId }).do("receive_rto", { parcelId });
    story.do("close_case", { caseId: `rto-${parcelId}`, outcome: "damaged" });
    expect(story.state.cases).toMatchObject([{ state: "damaged" }]);
  });

  test("of goods that never arrived are received with their parcel", () => {
    const story = packed()
      .do("hand_over", { parcelId: "P1" })
      .do("initiate_rto", { parcelId: "P1", reason: "Refused" });
    expect(refusal(story.state, "receive_return", { caseId: "rto-P1", ...units("501", 1) })?.next).toContain(
      "Receive the parcel back",
    );
  });
});

test("a unit that came back twice is put on the shelf once, though it stands in two cases", () => {
  const there = (story: Story, parcelId: string) =>
    story.do("hand_over", { parcelId, ...units("501", 2) }).do("receive_rto", { parcelId });
  const ended = { caseId: "rto-P1", outcome: "damaged" };
  const shelved = ({ state }: Story, parcelId: string) =>
    decide(state, "close_case", { caseId: `rto-${parcelId}`, outcome: "restocked" }).restock?.units;
  const twice = there(there(packed(), "P1").do("pick").do("pack"), "P2");
  for (const parcelId of ["P1", "P2"]) expect(shelved(twice, parcelId)).toEqual(units("501", 2).lines);
  expect(shelved(twice.do("close_case", ended), "P2")).toEqual([]);
  // Written off before the next left: those were others.
  const others = there(there(packed(), "P1").do("close_case", ended).do("pick").do("pack"), "P2");
  expect(shelved(others, "P2")).toEqual(units("501", 2).lines);
});

test("a hold is released by its key or its kind; one that only Shopify may release says where", () => {
  const settings = { codConfirmation: { required: true, confirmedTags: ["ok"] } };
  const state = anActionState({ order: aSnapshot({ ...three, held: true }), settings });
  expect(decide(state, "release_hold", { hold: "cod_unconfirmed" }).facts).toMatchObject([
    { kind: "hold_released", details: { hold: "cod_unconfirmed" } },
  ]);
  expect(refusal(state, "release_hold", { hold: "shopify" })?.next).toContain("in Shopify");
  expect(refusal(state, "release_hold", { hold: "no_sku" })?.message).toBe("This order has no hold no_sku");
});
