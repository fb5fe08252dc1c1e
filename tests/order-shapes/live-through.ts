import { addTransaction } from "#simulator/store/draw-payments.ts";
import {
  cancelParcel,
  followParcel,
  holdFulfillmentOrders,
  openFulfillmentOrder,
  releaseFulfillmentOrders,
  sendParcel,
} from "#simulator/store/draw-parcels.ts";
import {
  addRefund,
  cancelAll,
  lineUnsent,
  owedBack,
  payBack,
  refundDuties,
  refundShipping,
  refundUnits,
} from "#simulator/store/draw-refunds.ts";
import { openReturn, returnOfRefund, settleExchange } from "#simulator/store/draw-returns.ts";
import { gidOf } from "#simulator/store/ids.ts";
import { NO_MONEY, portionMoney, subtractMoney, type Money2 } from "#simulator/store/money.ts";
import type { DraftLine, DraftRefund, OrderDraft, RestockType } from "#simulator/store/order-draft.ts";
import { computeCharges, computePayments, lineCurrentQuantity } from "#simulator/store/order-totals.ts";
import { RecordRandom } from "#simulator/store/random.ts";
import { layTaxes, lineFromRecipe } from "./draft-from-recipe.ts";
import type { OrderEvent, OrderRecipe } from "./order-recipe.ts";

const STEP_MS = 7 * 3_600_000;

/** Lets an order live. What cannot happen to it any more (sending what is gone, anything after cancellation) does not. */
export function liveThrough(recipe: OrderRecipe, draft: OrderDraft): void {
  const random = new RecordRandom(recipe.n, 5, recipe.n);
  for (const [i, event] of recipe.events.entries()) {
    if (draft.cancelledMs !== null) return;
    draft.updatedMs = draft.createdMs + (i + 1) * STEP_MS;
    happen(recipe, draft, random, event);
  }
}

function happen(recipe: OrderRecipe, draft: OrderDraft, random: RecordRandom, event: OrderEvent): void {
  const { n } = recipe;
  const atMs = draft.updatedMs;
  switch (event.kind) {
    case "add_line": {
      draft.edited = true;
      addLine(recipe, draft, lineFromRecipe(recipe, event.line, draft.lines.length, true));
      return;
    }
    case "lower_line": {
      const place = placeOf(draft, event.place);
      const units = Math.min(event.quantity, refundable(draft.lines[place], "CANCEL"));
      if (units === 0) return;
      draft.edited = true;
      refundUnits(recipe, draft, addRefund(recipe, draft, atMs, null), place, units, "CANCEL");
      return;
    }
    case "fulfil": {
      const order = event.place % draft.fulfillmentOrders.length;
      if (draft.fulfillmentOrders[order]?.status === "ON_HOLD") return;
      const plan = { n, presentment: recipe.presentment, updatedMs: atMs };
      const parcel = sendParcel(random, plan, draft, order, atMs - STEP_MS + 60_000, (remaining) =>
        event.all ? remaining : Math.ceil(remaining / 2),
      );
      if (parcel && event.fate !== "no_news") followParcel(plan, draft, parcel, event.fate, atMs);
      return;
    }
    case "cancel_parcel": {
      const parcel = draft.fulfillments[event.place];
      const back = parcel?.lines.some((one) => (draft.lines[one.line]?.returned ?? 0) > 0);
      if (parcel && parcel.status !== "CANCELLED" && !back) cancelParcel(draft, parcel, atMs);
      return;
    }
    case "settle":
      settle(recipe, draft);
      return;
    case "hold":
      holdFulfillmentOrders(random, recipe, draft);
      return;
    case "release":
      releaseFulfillmentOrders(draft);
      return;
    case "refund":
      refund(recipe, draft, event);
      return;
    case "return": {
      const place = placeOf(draft, event.place);
      const quantity = Math.min(event.quantity, refundable(draft.lines[place], "RETURN"));
      if (quantity === 0) return;
      const { status } = event;
      if (event.refunded && (status === "OPEN" || status === "CLOSED")) {
        const given = addRefund(recipe, draft, atMs, null);
        refundUnits(recipe, draft, given, place, quantity, "RETURN");
        payBack(recipe, draft, given, owedBack(draft));
        returnOfRefund(recipe, draft, given, status, atMs);
      } else openReturn(recipe, draft, status, atMs, [{ line: place, quantity }]);
      return;
    }
    case "exchange": {
      const place = placeOf(draft, event.place);
      if (refundable(draft.lines[place], "RETURN") === 0) return;
      const line = lineFromRecipe(recipe, event.line, draft.lines.length, true);
      layTaxes(recipe, line);
      settleExchange(recipe, draft, place, line, event.status, atMs);
      openPart(recipe, draft, draft.lines.length - 1);
      return;
    }
    case "cancel": {
      if (event.parcelsToo)
        for (const parcel of draft.fulfillments)
          if (parcel.status === "SUCCESS") cancelParcel(draft, parcel, atMs);
      cancelAll(recipe, draft, atMs, n % 2 === 0 ? "RETURN" : "NO_RESTOCK");
      draft.cancelledMs = atMs;
      draft.closedMs = atMs;
      draft.cancelReason = "CUSTOMER";
    }
  }
}

function placeOf(draft: OrderDraft, place: number): number {
  return place % draft.lines.length;
}

/** Units of a line that a refund of this kind can take. */
function refundable(line: DraftLine | undefined, restock: RestockType): number {
  if (!line) return 0;
  const left = lineCurrentQuantity(line);
  if (line.isTip) return restock === "NO_RESTOCK" ? left : 0;
  if (restock === "CANCEL") return Math.min(left, lineUnsent(line));
  if (restock === "RETURN") return Math.max(0, Math.min(left, line.fulfilled - line.returned));
  return left;
}

function addLine(recipe: OrderRecipe, draft: OrderDraft, line: DraftLine): void {
  layTaxes(recipe, line);
  openPart(recipe, draft, draft.lines.push(line) - 1);
}

/** What came later is sent by a fulfilment order of its own. */
function openPart(recipe: OrderRecipe, draft: OrderDraft, place: number): void {
  const part = draft.fulfillmentOrders.length;
  draft.fulfillmentOrders.push(openFulfillmentOrder(recipe, draft, part, 0, recipe.delivery, [place]));
}

/** What was promised or authorised is paid, as far as it is owed. */
function settle(recipe: OrderRecipe, draft: OrderDraft): void {
  const { outstanding, capturable } = computePayments(draft, computeCharges(draft).currentTotal);
  const first = draft.transactions.find((one) => one.status === "PENDING" || one.kind === "AUTHORIZATION");
  const amount: Money2 =
    first?.kind === "AUTHORIZATION" && capturable[1] < outstanding[1] ? capturable : outstanding;
  if (!first || amount[1] <= 0 || amount[0] < 0) return;
  const gateway = {
    name: first.gateway ?? "manual",
    formatted: first.formattedGateway ?? "Manual",
    manual: first.manual,
  };
  addTransaction(draft, recipe.n, gateway, {
    kind: first.kind === "AUTHORIZATION" ? "CAPTURE" : "SALE",
    status: "SUCCESS",
    amount,
    timeMs: draft.updatedMs,
    parentGid: first.gid,
  });
}

function refund(recipe: OrderRecipe, draft: OrderDraft, event: OrderEvent & { kind: "refund" }): void {
  const given = addRefund(recipe, draft, draft.updatedMs, event.shipping ? "Size issue – ₹ to source" : null);
  const places = new Set<number>();
  for (const { place: at, quantity } of event.units) {
    const place = placeOf(draft, at);
    // A refund names a line once.
    if (places.has(place)) continue;
    places.add(place);
    const units = Math.min(quantity, refundable(draft.lines[place], event.restock));
    refundUnits(recipe, draft, given, place, units, event.restock);
    if (event.duties && units > 0) refundDuties(draft, given, place);
  }
  if (event.shipping) refundShipping(recipe, draft, given);
  const { net } = computePayments(draft, NO_MONEY);
  const goodwill = net[1] > 0 ? portionMoney(net, event.goodwillPercent, 100) : NO_MONEY;
  adjust(recipe, draft, given, subtractMoney(NO_MONEY, goodwill));
  const owed = owedBack(draft);
  if (event.money === "owed" || event.money === "half") {
    const wanted = event.money === "owed" ? owed : portionMoney(owed, 1, 2);
    const paid = payBack(recipe, draft, given, wanted);
    adjust(recipe, draft, given, subtractMoney(owed, paid));
  } else if (event.money === "kept") adjust(recipe, draft, given, owed);
  const empty = given.lines.length + given.shipping.length + given.transactions.length === 0;
  if (empty && given.adjustment === null) draft.refunds.pop();
}

function adjust(recipe: OrderRecipe, draft: OrderDraft, given: DraftRefund, by: Money2): void {
  if (by[0] === 0 && by[1] === 0) return;
  const before = given.adjustment?.amount ?? NO_MONEY;
  const amount: Money2 = [before[0] + by[0], before[1] + by[1]];
  const gid = gidOf("OrderAdjustment", recipe.n, draft.refunds.length - 1);
  given.adjustment = amount[0] === 0 && amount[1] === 0 ? null : { gid, amount };
}
