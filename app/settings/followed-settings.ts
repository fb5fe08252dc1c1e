/** Settings by which records are computed: once another value is saved, what was computed by the old one is computed again. */
export const followedSettings = [
  "paymentRules",
  "cutOverAt",
  "holdOnMoneyDifference",
  "codConfirmation",
  "roundRupees",
  "deliveryUnknownAfterDays",
  "colourSynonyms",
] as const;
export type FollowedSetting = (typeof followedSettings)[number];
