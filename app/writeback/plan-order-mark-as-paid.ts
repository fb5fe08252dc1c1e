import type { ActionState } from "#app/erp/actions/action-state.ts";
import { roundToCollect } from "#app/erp/processor/round-to-collect.ts";
import { fromMinor, toMinor } from "#app/lib/money.ts";
import type { IntentPayload } from "#app/outbox/outbox-intent.ts";
import type { ShopSettings } from "#app/settings/settings-schema.ts";
import type { OrderNow } from "./order-now.ts";
import type { Plan, Progress } from "./plan.ts";
import { BOOK_BY_HAND } from "./user-errors.ts";

type PaidIntent = IntentPayload<"orderMarkAsPaid">;

/** What the ERP knows of an order's money beside the receipt that is told. */
export type MoneyContext = {
  /** Shopify was told of this receipt with another one. */
  isTold: boolean;
  /** The receipts that Shopify does not know, this one as the last of them; amounts decimal in the customer's currency. */
  untold: readonly { id: string; amount: string }[];
  /** Shopify's payments that are known to be other receipts. */
  taken: ReadonlySet<string>;
  round: ShopSettings["roundRupees"];
};

/** The receipts of an order up to the one that is told: later ones have their own turn. */
export function moneyContextOf(
  { facts, rules }: ActionState,
  { receiptId, amount }: PaidIntent,
): MoneyContext {
  const { receipts } = facts;
  const before = receipts.slice(
    0,
    Math.max(
      0,
      receipts.findIndex(({ id }) => id === receiptId),
    ),
  );
  const earlier = before.filter(({ writtenBackAt }) => writtenBackAt === null);
  return {
    isTold: receipts.some(({ id, writtenBackAt }) => id === receiptId && writtenBackAt !== null),
    untold: [...earlier, { id: receiptId, amount }],
    taken: new Set(receipts.flatMap(({ paymentId }) => paymentId ?? [])),
    round: rules.settings.roundRupees,
  };
}

/**
 * Money the ERP has booked: where it is, with what Shopify does not know yet, all that is to be paid, the order is marked as paid; else
 * a payment of the amount is added. A shop that may not say a part is no fault: Shopify is told when all has come.
 */
export function planOrderMarkAsPaid(
  { receiptId, amount, currency }: PaidIntent,
  now: OrderNow,
  progress: Progress,
  { isTold, untold, taken, round }: MoneyContext,
): Plan {
  if (isTold) return { already: "Shopify knows of this receipt.", note: { receiptIds: [receiptId] } };
  const { unsure, paymentsBefore, markedAsPaid, partBooked } = progress;
  const { outstanding, payments } = now;
  const minor = (decimal: string) => toMinor(decimal, currency);
  const say = (amountMinor: number) => `${fromMinor(amountMinor, currency)} ${currency}`;
  if (outstanding.currency !== currency)
    return {
      conflict: {
        ...{ erp: `${amount} ${currency} received.` },
        shopify: `The customer pays in ${outstanding.currency}.`,
        next: BOOK_BY_HAND,
      },
    };
  const left = minor(outstanding.amount);
  const received = untold.reduce((sum, one) => sum + minor(one.amount), 0);
  const erp =
    untold.length === 1
      ? `${say(received)} received.`
      : `${say(received)} received in ${String(untold.length)} receipts that Shopify does not know.`;
  // Of a try nobody knows the end of: it came through if there is a payment of the amount that was not there before.
  const made = payments.filter(({ id }) => paymentsBefore?.includes(id) === false && !taken.has(id));
  const booking = minor(progress.booking ?? amount);
  const booked = made.find((one) => minor(one.amount) === booking);
  if ((unsure || markedAsPaid || partBooked) && booked)
    return { already: sayBooked(progress, { booking, say, minor }), note: { paymentId: booked.id } };
  // Marking as paid pays all that is left by then: the order may have grown since it was read.
  if ((markedAsPaid || (unsure && left <= 0)) && made.length > 0)
    return {
      conflict: {
        ...{ erp, shopify: `${made.map((one) => one.amount).join(" and ")} ${currency} was booked instead.` },
        next: `Correct the payment on the order's page in Shopify. ${SAY_BOOKED}`,
      },
    };
  // What was added after it is to be paid by somebody else: this was booked.
  if (markedAsPaid || partBooked) return { already: sayBooked(progress, { booking, say, minor }) };
  // A person did what Shopify had refused. What a customer pays by himself is no receipt of the ERP's.
  const byHand = made.find((one) => one.byHand && minor(one.amount) === minor(amount));
  if (byHand)
    return {
      already: `${amount} ${currency} was booked in Shopify by hand.`,
      note: { receiptIds: [receiptId], paymentId: byHand.id, rounding: NOTHING },
    };
  const all = untold.map(({ id }) => id);
  if (left <= 0)
    return {
      already: "Shopify has nothing left to be paid.",
      note: { receiptIds: all, rounding: NOTHING },
    };
  if (now.cancelledAt !== null)
    return {
      conflict: {
        ...{ erp, shopify: "The order is cancelled." },
        next: "See with the courier what the money is for; then choose to leave it.",
      },
    };
  const isAll = received === left || received === roundToCollect(left, currency, round);
  if (received > left && !isAll)
    return {
      conflict: {
        ...{ erp, shopify: `Only ${say(left)} is to be paid.` },
        next:
          untold.length === 1
            ? `See which payment Shopify knows already. Correct it there and send this again. ${SAY_BOOKED} Else choose to leave it.`
            : "Of each of them that is booked in Shopify already, choose “It is booked in Shopify” in its own update; then send this again. If none is, correct the order in Shopify first.",
      },
    };
  const paymentsSeen = { paymentsBefore: payments.map(({ id }) => id) };
  if (isAll && now.canMarkAsPaid)
    return {
      steps: [{ do: "markAsPaid" }],
      readAgain: true,
      note: {
        ...paymentsSeen,
        ...{ booking: fromMinor(left, currency), receiptIds: all },
        rounding: fromMinor(received - left, currency),
      },
    };
  return {
    steps: [{ do: "createManualPayment", amount, currency }],
    readAgain: true,
    note: { ...paymentsSeen, booking: amount, receiptIds: [receiptId], rounding: NOTHING },
    whenDenied: isAll
      ? {
          refused: {
            message:
              "Shopify does not let this order be marked as paid, and lets an app book an amount only in shops on Shopify Plus.",
            next: BOOK_BY_HAND,
          },
        }
      : {
          dropped: `Shopify takes no part of a payment from an app in a shop that is not on Plus. It is told when all has been received: ${say(received)} of ${say(left)} so far. If you book this part in Shopify yourself, say here that it is booked.`,
        },
  };
}

const NOTHING = "0";
const SAY_BOOKED = "Once it is booked there, choose “It is booked in Shopify” here.";

/** What Shopify has booked, and how much of it is the rounding of whole rupees. */
function sayBooked(
  { rounding = NOTHING }: Progress,
  {
    booking,
    say,
    minor,
  }: { booking: number; say: (amountMinor: number) => string; minor: (decimal: string) => number },
): string {
  const off = minor(rounding);
  if (off === 0) return `Shopify has booked ${say(booking)}.`;
  return `Shopify has booked ${say(booking)}. ${say(booking + off)} was received: the difference of ${say(Math.abs(off))} is the rounding to whole rupees.`;
}
