/** send_again: with Shopify as it is now, at once · drop: it is not to be sent. */
export const settlements = ["send_again", "drop"] as const;
export type Settlement = (typeof settlements)[number];
