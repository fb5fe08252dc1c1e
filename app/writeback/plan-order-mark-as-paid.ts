import { fromMinor, toMinor } from "#app/lib/money.ts";
import type { IntentPayload } from "#app/outbox/outbox-intent.ts";
import type { OrderNow } from "./order-now.ts";
import type { Plan, Progress } from "./plan.ts";

/** Money the ERP has booked: the order is paid when that is all that is to be paid, else a payment of the amount is added. */
export function planOrderMarkAsPaid(
  { amount, currency }: IntentPayload<"orderMarkAsPaid">,
  now: OrderNow,
  { unsure, paymentsBefore, markedAsPaid }: Progress,
): Plan {
  const { outstanding, payments } = now;
  const erp = `${amount} ${currency} received.`;
  if (outstanding.currency !== currency)
    return {
      conflict: {
        ...{ erp, shopify: `The customer pays in ${outstanding.currency}.` },
        next: "Book the payment on the order's page in Shopify, then choose not to send this.",
      },
    };
  const received = toMinor(amount, currency);
  const left = toMinor(outstanding.amount, currency);
  // Of a try nobody knows the end of: it came through if there is a payment of the amount that was not there before.
  const made = payments.filter(({ id }) => paymentsBefore?.includes(id) === false);
  const isBooked = made.some((one) => toMinor(one.amount, currency) === received);
  if ((unsure || markedAsPaid) && isBooked) return { already: `Shopify has booked ${amount} ${currency}.` };
  // Marking as paid pays all that is left by then: the order may have grown since it was read.
  if ((markedAsPaid || (unsure && left <= 0)) && made.length > 0)
    return {
      conflict: {
        ...{ erp, shopify: `${made.map((one) => one.amount).join(" and ")} ${currency} was booked instead.` },
        next: "Correct the payment on the order's page in Shopify, then choose not to send this.",
      },
    };
  // What was added after it is to be paid by somebody else: this was booked.
  if (markedAsPaid) return { already: "Shopify has marked the order as paid." };
  if (left <= 0) return { already: "Shopify has nothing left to be paid." };
  if (now.cancelledAt !== null)
    return {
      conflict: {
        ...{ erp, shopify: "The order is cancelled." },
        next: "See with the courier what the money is for; then choose not to send this.",
      },
    };
  if (received > left)
    return {
      conflict: {
        ...{ erp, shopify: `Only ${fromMinor(left, currency)} ${currency} is to be paid.` },
        next: "See which payment Shopify knows already. Correct it there and send this again, or choose not to send this.",
      },
    };
  const isAll = received === left && now.canMarkAsPaid;
  const note = { paymentsBefore: payments.map(({ id }) => id) };
  if (!isAll) return { steps: [{ do: "createManualPayment", amount, currency }], note };
  return { steps: [{ do: "markAsPaid" }], readAgain: true, note };
}
