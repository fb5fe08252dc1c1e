/** However people click: what they are allowed to do never makes quantities that contradict each other. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { allowedActions } from "#app/erp/actions/allowed-actions.ts";
import type { AllowedAction } from "#app/erp/actions/action-outcome.ts";
import type { ActionState } from "#app/erp/actions/action-state.ts";
import { decideOrderAction } from "#app/erp/actions/decide-order-action.ts";
import { linesNow } from "#app/erp/actions/order-units.ts";
import { OrderAction } from "#app/erp/actions/order-action.ts";
import { intentPayloads } from "#app/outbox/outbox-intent.ts";
import { readOrderFacts } from "#app/erp/facts/read-order-facts.ts";
import { anActionState, aSnapshot } from "#tests/fixtures/an-action-state.ts";
import type { OrderSketch } from "#tests/fixtures/an-order.ts";
import { aFulfillment, holding } from "#tests/fixtures/a-fulfillment.ts";

/** What Shopify says: nothing yet, a fulfilment of its own, a unit taken off, paid, cancelled. */
const shopifySays = ["nothing", "fulfilled one", "took one off", "paid", "cancelled"] as const;
type Said = (typeof shopifySays)[number];

/** One click: which of the allowed actions, with how many of the units it could be done with, and a few switches; before it may be news. */
type Click = {
  said: Said | null;
  pick: number;
  share: number;
  flip: boolean;
  outcome: "restocked" | "damaged" | "lost";
};
const clicks = fc.array(
  fc.record<Click>({
    said: fc.oneof(
      { weight: 6, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.constantFrom(...shopifySays) },
    ),
    pick: fc.nat(),
    share: fc.integer({ min: 1, max: 100 }),
    flip: fc.boolean(),
    outcome: fc.constantFrom("restocked", "damaged", "lost"),
  }),
  { minLength: 1, maxLength: 25 },
);
const lines = fc.array(
  fc.record({ quantity: fc.integer({ min: 1, max: 4 }), price: fc.constantFrom("100.00", "33.33", "0.00") }),
  { minLength: 1, maxLength: 3 },
);

function sketch(of: { quantity: number; price: string }[], said: Said): OrderSketch {
  const total = of.reduce((sum, { quantity, price }) => sum + quantity * Number(price), 0).toFixed(2);
  return {
    total,
    ...(said === "paid" || said === "cancelled" ? { outstanding: "0.00" } : {}),
    ...(said === "cancelled" ? { cancelledAt: "2026-11-05T10:00:00Z", currentTotal: "0.00" } : {}),
    lines: of.map((line, i) => ({
      ...{ id: `50${String(i)}`, ...line, unfulfilledQuantity: line.quantity },
      ...(i === 0 && said === "fulfilled one" ? { unfulfilledQuantity: line.quantity - 1 } : {}),
      ...(i === 0 && said === "took one off"
        ? { unfulfilledQuantity: line.quantity - 1, currentQuantity: line.quantity - 1 }
        : {}),
      ...(said === "cancelled" ? { unfulfilledQuantity: 0, currentQuantity: 0 } : {}),
    })),
    fulfillments:
      said === "fulfilled one"
        ? [
            aFulfillment("71", {
              ...{ displayStatus: "FULFILLED", createdAt: "2026-11-02T10:00:00Z", totalQuantity: 1 },
              ...{ trackingInfo: [{ company: "Delhivery", number: "SAWB", url: null }] },
              ...holding({ "500": 1 }),
            }),
          ]
        : [],
  };
}

function asked(
  one: Extract<AllowedAction, { ok: true }>,
  { share, flip, outcome }: Click,
  step: number,
): OrderAction {
  const { action, target, units } = one;
  const some = units.map(({ lineId, qty }) => ({ lineId, qty: Math.max(1, Math.ceil((qty * share) / 100)) }));
  const unitsAsked = flip && action !== "open_return" && action !== "receive_return" ? {} : { lines: some };
  const more: Record<string, object> = {
    hand_over: { ...unitsAsked, ...(flip ? { awbNumber: `AWB${String(step)}` } : {}) },
    update_tracking: { awbNumber: `NEW${String(step)}` },
    close_case: { outcome },
  };
  const ofUnits = [
    "allocate",
    "deallocate",
    "pick",
    "pack",
    "unpack",
    "cancel",
    "open_return",
    "receive_return",
  ];
  return OrderAction.parse({
    action,
    ...target,
    ...(ofUnits.includes(action) ? unitsAsked : {}),
    ...more[action],
  });
}

function contradictions(state: ActionState): string[] {
  const wrong: string[] = [];
  const say = (isRight: boolean, words: string) => {
    if (!isRight) wrong.push(words);
  };
  for (const line of linesNow(state)) {
    const qty = state.order.lines.find(({ id }) => id === line.lineId)?.qty ?? 0;
    const at = `line ${line.lineId} of ${String(qty)}: ${JSON.stringify(line)}`;
    say(line.cancelledQty + line.shippedQty + line.unsentQty === qty, `sum ${at}`);
    say(line.unsentQty >= 0, `unsent ${at}`);
    say(line.openQty >= line.allocatedQty, `allocated beyond open ${at}`);
    say(
      line.allocatedQty >= line.pickedQty && line.pickedQty >= line.packedQty && line.packedQty >= 0,
      `readied ${at}`,
    );
    say(line.shippedQty >= line.deliveredQty + line.rtoQty, `delivered and back beyond shipped ${at}`);
    say(line.deliveredQty >= line.returnedQty, `returned beyond delivered ${at}`);
    const inReturns = state.cases
      .filter(({ kind }) => kind === "return")
      .flatMap((one) => one.lines)
      .filter(({ lineId }) => lineId === line.lineId);
    say(
      inReturns.every(({ qty: of, receivedQty }) => receivedQty <= of),
      `received beyond the return ${at}`,
    );
  }
  const { shipped } = state.quantities;
  for (const parcel of shipped.parcels.filter(({ left }) => left))
    say(
      (parcel.lines ?? []).every(({ qty }) => qty > 0),
      `parcel ${parcel.id} with none`,
    );
  const collected = [...state.collect.byParcel.values()].reduce((sum, minor) => sum + minor, 0);
  say(collected <= state.collect.orderMinor, "parcels collect more than the order");
  return wrong;
}

test("no sequence of allowed actions makes quantities that contradict, and its facts replay to the same state", () => {
  const done = new Set<string>();
  fc.assert(
    fc.property(lines, clicks, (of, sequence) => {
      let order = aSnapshot(sketch(of, "nothing"));
      let state = anActionState({ order });
      for (const [step, click] of sequence.entries()) {
        const now = new Date(Date.UTC(2026, 10, 10, 0, step)).toISOString();
        if (click.said !== null) order = aSnapshot(sketch(of, click.said));
        state = anActionState({ order, facts: state.factRows, now, newId: `N${String(step)}` });
        const can = allowedActions(state).filter((one) => one.ok);
        const one = can[click.pick % Math.max(1, can.length)];
        if (one === undefined) break;
        const action = asked(one, click, step);
        const decided = decideOrderAction(state, action);
        // What is offered is never refused; but an end that does not fit the case, which is chosen with it.
        if ("refused" in decided) {
          expect([action.action, decided.refused.message]).toEqual(["close_case", expect.any(String)]);
          continue;
        }
        done.add(action.action);
        expect(decided.facts.length).toBeGreaterThan(0);
        for (const { kind, payload } of decided.intents) intentPayloads[kind].parse(payload);
        const before = state;
        const rows = [...state.factRows, ...decided.facts.map((fact) => ({ ...fact, at: now }))];
        state = anActionState({ order, facts: rows, now });
        expect(contradictions(state), JSON.stringify(action)).toEqual([]);
        // Two boxes with one unit are Shopify's news against ours; no action makes it more.
        expect(unitsTooMany(state)).toBeLessThanOrEqual(unitsTooMany(before));
        expect(moved(before, state, action), JSON.stringify(action)).toEqual([]);
      }
      const again = anActionState({
        order,
        facts: structuredClone(state.factRows),
        now: state.rules.now.toISOString(),
      });
      expect(again.quantities).toEqual(state.quantities);
      expect(again.facts).toEqual(readOrderFacts(state.factRows));
    }),
    { numRuns: 400, seed: 7 },
  );
  // All that is not about Shopify's own doings was done somewhere in it.
  expect(done).toEqual(
    new Set(
      OrderAction.options
        .map((one) => one.shape.action.value)
        .filter((name) => !["release_hold"].includes(name)),
    ),
  );
});

/** Units in boxes that are out, beyond those that left or are asked back. */
function unitsTooMany(state: ActionState): number {
  const out = new Map<string, number>();
  for (const { left, state: at, lines: held } of state.quantities.shipped.parcels)
    if (left && at !== "rto_received")
      for (const { lineId, qty } of held ?? []) out.set(lineId, (out.get(lineId) ?? 0) + qty);
  return linesNow(state).reduce((sum, { lineId, shippedQty }) => {
    const known = shippedQty + (state.quantities.unwanted.get(lineId) ?? 0);
    return sum + Math.max(0, (out.get(lineId) ?? 0) - known);
  }, 0);
}

/** What an action of units does is exactly what was asked. */
function moved(before: ActionState, after: ActionState, action: OrderAction): string[] {
  const now = new Map(linesNow(after).map((line) => [line.lineId, line]));
  const columns = {
    allocate: ["allocatedQty", 1],
    deallocate: ["allocatedQty", -1],
    pick: ["pickedQty", 1],
    pack: ["packedQty", 1],
    unpack: ["packedQty", -1],
    hand_over: ["packedQty", -1],
    cancel: ["cancelledQty", 1],
    receive_return: ["returnedQty", 1],
  } as const;
  const column = columns[action.action as keyof typeof columns] as (typeof columns)["pick"] | undefined;
  if (column === undefined || !("lines" in action) || action.lines === undefined) return [];
  const [of, sign] = column;
  return linesNow(before).flatMap((line) => {
    const qty = action.lines?.find(({ lineId }) => lineId === line.lineId)?.qty ?? 0;
    const is = now.get(line.lineId)?.[of];
    return is === line[of] + sign * qty ? [] : [`${line.lineId}: ${of} ${String(line[of])} → ${String(is)}`];
  });
}
