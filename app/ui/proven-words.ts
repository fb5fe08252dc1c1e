import { toMinor } from "#app/lib/money.ts";

import type { Format } from "./format.ts";
import type { ProvenList, ProvenOrderView } from "./proof-day-view.ts";

const heldNone = "No order of the day is on hold.";

/**
 * What each list of a day's page holds, and what it says when it is empty; `notAsked` where Shopify has not told which orders the
 * day has: of one that never came into the ERP nobody knows then on which day it was created.
 */
export const provenListWords: Record<ProvenList, { title: string; none: string; notAsked: string }> = {
  missing: {
    title: "Missing in the ERP",
    none: "Every order that Shopify lists is in the ERP.",
    notAsked: "Not known until the day is checked.",
  },
  differing: {
    title: "With another total",
    none: "Every order has Shopify's total.",
    notAsked: "Not known until the day is checked.",
  },
  held: { title: "On hold", none: heldNone, notAsked: heldNone },
  pending: {
    title: "Pending",
    none: "No order of the day waits for the processor.",
    notAsked:
      "No order of the day that is in the ERP waits for the processor. Of those that are not in it yet nothing is known until the day is checked.",
  },
  failed: {
    title: "Failed",
    none: "No order of the day has failed.",
    notAsked:
      "Only orders that are in the ERP are looked at here. Those that failed before they came into it are not known by their day until it is checked.",
  },
};

/** Why an order is in its list, as far as it is known, and what comes next. */
export function provenWords(list: ProvenList, order: ProvenOrderView, format: Format): string[] {
  if (list === "missing") return missingWords(order);
  if (list === "differing") return differingWords(order, format);
  const total = order.erp ? [format.money(order.erp.total, order.erp.currency)] : [];
  if (list === "held") return total;
  return [...total, ...entryWords(order)];
}

function missingWords(order: ProvenOrderView): string[] {
  if (order.erp) return ["It is in the ERP by now: check again."];
  if (order.entry?.status === "processed")
    return ["It is in the cache and no order came of it: check again, and it is processed anew."];
  const known = [...entryWords(order), ...wishWords(order)];
  return known.length > 0
    ? known
    : ["It has not come, and nobody has asked for it: check now, and it is fetched."];
}

function differingWords(order: ProvenOrderView, format: Format): string[] {
  const { shopify, erp } = order;
  const told = shopify ? format.money(shopify.total, shopify.currency) : "does not list it any more";
  const held = erp ? format.money(erp.total, erp.currency) : "does not have it";
  const isEqual =
    shopify &&
    erp &&
    shopify.currency === erp.currency &&
    toMinor(shopify.total, erp.currency) === toMinor(erp.total, erp.currency);
  return [
    `Shopify ${told} · ERP ${held}`,
    ...(isEqual ? ["They are equal by now: check again."] : [...entryWords(order), ...wishWords(order)]),
  ];
}

function entryWords({ entry }: ProvenOrderView): string[] {
  if (entry === null || entry.status === "processed") return [];
  if (entry.status === "pending") return ["It is in the cache and waits for the processor."];
  return [entry.error ?? "It failed, and nothing is known of why."];
}

function wishWords({ wish }: ProvenOrderView): string[] {
  if (wish === null) return [];
  const last = wish.error === null ? [] : [`The last try: ${wish.error}`];
  return [`It is to be fetched from Shopify: ${wish.reason}`, ...last];
}
