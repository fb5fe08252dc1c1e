/** Why Shopify does not have a change, what a person has to do something about first: a no, a permission, tries in vain, a switch. */
export const unsentStandings = ["conflict", "refused", "not_granted", "again", "off"] as const;
export type UnsentStanding = (typeof unsentStandings)[number];
