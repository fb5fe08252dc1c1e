import { settleOwed } from "#simulator/store/draw-payments.ts";
import {
  cancelParcel,
  followParcel,
  holdFulfillmentOrders,
  openLaterPart,
  releaseFulfillmentOrders,
  sendParcel,
} from "#simulator/store/draw-parcels.ts";
import {
  addRefund,
  adjustRefund,
  cancelAll,
  owedBack,
  payBack,
  refundableUnits,
  refundDuties,
  refundShipping,
  refundUnits,
} from "#simulator/store/draw-refunds.ts";
import { openReturn, returnOfRefund, settleExchange } from "#simulator/store/draw-returns.ts";
import { NO_MONEY, portionMoney, subtractMoney } from "#simulator/store/money.ts";
import type { DraftLine, OrderDraft } from "#simulator/store/order-draft.ts";
import { computePayments } from "#simulator/store/order-totals.ts";
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
      const units = Math.min(event.quantity, refundableUnits(draft.lines[place], "CANCEL"));
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
      settleOwed(recipe, draft, null);
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
      const quantity = Math.min(event.quantity, refundableUnits(draft.lines[place], "RETURN"));
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
      if (refundableUnits(draft.lines[place], "RETURN") === 0) return;
      const line = lineFromRecipe(recipe, event.line, draft.lines.length, true);
      layTaxes(recipe, line);
      settleExchange(recipe, draft, place, line, event.status, atMs);
      openLaterPart(recipe, draft, 0, recipe.delivery, [draft.lines.length - 1]);
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

function addLine(recipe: OrderRecipe, draft: OrderDraft, line: DraftLine): void {
  layTaxes(recipe, line);
  openLaterPart(recipe, draft, 0, recipe.delivery, [draft.lines.push(line) - 1]);
}

function refund(recipe: OrderRecipe, draft: OrderDraft, event: OrderEvent & { kind: "refund" }): void {
  const given = addRefund(recipe, draft, draft.updatedMs, event.shipping ? "Size issue – ₹ to source" : null);
  const places = new Set<number>();
  for (const { place: at, quantity } of event.units) {
    const place = placeOf(draft, at);
    // A refund names a line once.
    if (places.has(place)) continue;
    places.add(place);
    const units = Math.min(quantity, refundableUnits(draft.lines[place], event.restock));
    refundUnits(recipe, draft, given, place, units, event.restock);
    if (event.duties && units > 0) refundDuties(draft, given, place);
  }
  if (event.shipping) refundShipping(recipe, draft, given);
  const { net } = computePayments(draft, NO_MONEY);
  const goodwill = net[1] > 0 ? portionMoney(net, event.goodwillPercent, 100) : NO_MONEY;
  adjustRefund(recipe, draft, given, subtractMoney(NO_MONEY, goodwill));
  const owed = owedBack(draft);
  if (event.money === "owed" || event.money === "half") {
    const wanted = event.money === "owed" ? owed : portionMoney(owed, 1, 2);
    const paid = payBack(recipe, draft, given, wanted);
    adjustRefund(recipe, draft, given, subtractMoney(owed, paid));
  } else if (event.money === "kept") adjustRefund(recipe, draft, given, owed);
  const empty = given.lines.length + given.shipping.length + given.transactions.length === 0;
  if (empty && given.adjustment === null) draft.refunds.pop();
}
