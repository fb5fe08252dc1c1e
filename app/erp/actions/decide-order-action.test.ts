import { describe, expect, test } from "vitest";
import { aFulfillment, holding } from "#tests/fixtures/a-fulfillment.ts";
import { anActionState, aSnapshot } from "#tests/fixtures/an-action-state.ts";
import type { OrderSketch } from "#tests/fixtures/an-order.ts";
import type { DecidedAction } from "./action-outcome.ts";
import { withFacts, type ActionState } from "./action-state.ts";
import { decideOrderAction } from "./decide-order-action.ts";
import { OrderAction } from "./order-action.ts";

type Said = OrderSketch & { held?: boolean };
const three: Said = {
  total: "300.00",
  lines: [
    { id: "501", title: "Kurta", quantity: 2 },
    { id: "502", title: "Scarf" },
  ],
};
const units = (lineId: string, qty: number) => ({ lines: [{ lineId, qty }] });
const fulfilment = (more: Record<string, unknown> = {}): Said => ({
  lines: [
    { id: "501", title: "Kurta", quantity: 2, unfulfilledQuantity: 0 },
    { id: "502", title: "Scarf" },
  ],
  fulfillments: [
    aFulfillment("71", {
      ...{ displayStatus: "FULFILLED", createdAt: "2026-11-10T10:00:00Z", totalQuantity: 2 },
      ...{ trackingInfo: [{ company: "Delhivery", number: "AWB 1", url: null }], ...holding({ "501": 2 }) },
      ...more,
    }),
  ],
});

/** Decides as one that cannot be refused. */
function decide(state: ActionState, action: OrderAction["action"], asked: object = {}): DecidedAction {
  const decided = decideOrderAction(state, OrderAction.parse({ action, ...asked }));
  if ("refused" in decided) throw new Error(decided.refused.message);
  return decided;
}
const refusal = (state: ActionState, action: OrderAction["action"], asked: object = {}) => {
  const decided = decideOrderAction(state, OrderAction.parse({ action, ...asked }));
  return "refused" in decided ? decided.refused : null;
};
/** Does one after the other, a minute apart; what Shopify says changes with `hear`. */
class Story {
  state: ActionState;
  constructor(said: Said = {}) {
    this.state = anActionState({ order: aSnapshot({ ...three, ...said }) });
  }
  do(action: OrderAction["action"], asked: object = {}): this {
    this.state = withFacts(this.state, decide(this.state, action, asked).facts);
    return this.#next(this.state.order);
  }
  hear(said: Said): this {
    return this.#next(aSnapshot({ ...three, ...said }));
  }
  #next(order: ActionState["order"]): this {
    const { factRows, rules } = this.state;
    const now = new Date(rules.now.getTime() + 60_000).toISOString();
    this.state = anActionState({ order, facts: factRows, now, newId: `N${now.slice(14, 16)}` });
    return this;
  }
  /** allocated/picked/packed/shipped/cancelled of the first line, and the parcels. */
  get seen(): string {
    const line = this.state.quantities.lines.get("501");
    const parcels = this.state.quantities.shipped.parcels.map(({ id, state }) => `${id} ${state}`);
    const { allocatedQty, pickedQty, packedQty, shippedQty, cancelledQty } = line ?? {};
    return [[allocatedQty, pickedQty, packedQty, shippedQty, cancelledQty].join("/"), ...parcels].join(" · ");
  }
}
const packed = () => new Story().do("pick").do("pack");

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
});

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
});

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
  });
});

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

  test("of goods that never arrived are received with their parcel", () => {
    const story = packed()
      .do("hand_over", { parcelId: "P1" })
      .do("initiate_rto", { parcelId: "P1", reason: "Refused" });
    expect(refusal(story.state, "receive_return", { caseId: "rto-P1", ...units("501", 1) })?.next).toContain(
      "Receive the parcel back",
    );
  });
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
