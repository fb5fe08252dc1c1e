/**
 * send_again: with Shopify as it is now, at once · drop: it is not to be sent; of a payment: it is left, and the money still counts as
 * received · booked: a payment is booked in Shopify already, which then asks for that much less.
 */
export const settlements = ["send_again", "drop", "booked"] as const;
export type Settlement = (typeof settlements)[number];
