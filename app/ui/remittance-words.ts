import type { RemittanceProblem } from "#app/erp/actions/remittance.ts";

/** Why an entry was not booked by itself, in short. */
export const remittanceProblemWords: Record<RemittanceProblem, string> = {
  unknown_awb: "No parcel has this AWB",
  reference_used: "Paid before under this reference",
  amount_differs: "Another amount than was to collect",
  not_an_amount: "No amount of the order's currency",
  other_currency: "Another currency than the order's",
  not_worked_on: "The order is not worked on here",
};
