import { z } from "zod";

import { storableText } from "#app/lib/storable-text.ts";

const Amount = z
  .string()
  .trim()
  .regex(/^\d{1,12}(\.\d{1,6})?$/, "an amount as 1250.50, without a currency");

/** One line of a courier's remittance: what it paid out for one AWB. */
export const RemittanceEntry = z.strictObject({
  awbNumber: z.string().overwrite(storableText).trim().min(1).max(100),
  /** What was paid out, decimal in the customer's currency; with `deduction` it is what the courier collected. */
  amount: Amount,
  /** The courier's number of the payment (UTR, statement, invoice). */
  reference: z.string().overwrite(storableText).trim().min(1).max(200),
  /** What the courier kept for itself. */
  deduction: Amount.default("0"),
  /** The day of the payment, YYYY-MM-DD. */
  date: z.iso.date(),
  /** Where the courier says it: of another than the orders' nothing is booked. */
  currency: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{3}$/, "a currency's three letters, as INR")
    .optional(),
});
export type RemittanceEntry = z.infer<typeof RemittanceEntry>;

/** Why an entry was not booked by itself. */
export const remittanceProblems = [
  "unknown_awb",
  "reference_used",
  "amount_differs",
  "not_an_amount",
  "other_currency",
  "not_worked_on",
] as const;
export type RemittanceProblem = (typeof remittanceProblems)[number];

/** booked: by itself; open: a person has to settle it; accepted: booked by a person all the same; dismissed: it will not be booked. */
export const remittanceStatuses = ["booked", "open", "accepted", "dismissed"] as const;
export type RemittanceStatus = (typeof remittanceStatuses)[number];
