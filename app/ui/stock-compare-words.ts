import type { StockCompareCounts, StockCompareRow, StockSkip } from "#app/erp/inventory/stock-compare-row.ts";

import type { StockWish } from "#app/outbox/stock-wish.ts";
import type { StockToSend } from "#app/writeback/stock-to-send.ts";

import type { Format } from "./format.ts";

/** Why a level is left alone, as a heading over how many are. */
export const skipHeadings: Record<StockSkip, string> = {
  nothing_said: "ERP says nothing",
  not_stocked: "Not stocked in Shopify",
  untracked: "Not tracked by Shopify",
  bundle: "Bundles",
  archived: "Archived",
};

const skipWords: Record<StockSkip, string> = {
  nothing_said: "The ERP has never said how many there are here. Set its stock to have it sent.",
  not_stocked: "Shopify does not stock it at this location. Stock it there in Shopify to have it sent.",
  untracked: "Shopify does not count it. Turn on “Track quantity” in Shopify to have it sent.",
  bundle: "Shopify works a bundle's stock out from its parts: those are sent.",
  archived: "It is archived in the ERP.",
};

/** Whether a place the ERP names is none that Shopify has told of: a location of the ERP's that feeds nothing. */
const isNoPlace = ({ locationId, locationName }: StockCompareRow) =>
  locationName === null && !/^\d+$/.test(locationId);

/** Where a level is. */
export function comparedPlace(row: StockCompareRow): string {
  return row.locationName ?? (isNoPlace(row) ? row.locationId : `Location ${row.locationId}`);
}

/** Why a level is left alone, and what changes that; null where it is not. */
export function whySkipped(row: StockCompareRow): string | null {
  if (row.skipped === null) return null;
  return row.skipped === "not_stocked" && isNoPlace(row)
    ? `The ERP's location ${row.locationId} feeds none of Shopify's. Say in the stock rules which it feeds.`
    : skipWords[row.skipped];
}

/** How far the sending of a level is. */
export const wishWords: Record<StockWish, string> = {
  waiting: "The ERP's number is sent as soon as sending is on and Shopify takes it.",
  conflict: "Somebody has changed it in Shopify meanwhile. Decide in Updates to Shopify which number counts.",
};

/**
 * How what Shopify is to show comes about: "15 sellable − 2 kept back − 1 in orders not taken in"; null where nothing is taken off.
 * It is never below none.
 */
export function targetWords(row: StockCompareRow, format: Format): string | null {
  const { sellableQty, safetyQty, unprocessedQty } = row;
  const parts = [
    [safetyQty, "kept back"],
    [unprocessedQty, "in orders not taken in"],
  ] as const;
  const off = parts.filter(([units]) => units > 0);
  if (off.length === 0 && sellableQty >= 0) return null;
  const sum = [
    `${format.number(sellableQty)} sellable`,
    ...off.map(([units, words]) => `${format.number(units)} ${words}`),
  ].join(" − ");
  return sellableQty - safetyQty - unprocessedQty < 0 ? `${sum}: not below none` : sum;
}

/** "+3", "−2", "0"; a dash where Shopify's number is not known. */
export function differenceWords(difference: number | null, format: Format): string {
  if (difference === null) return "—";
  const units = format.number(Math.abs(difference));
  return difference === 0 ? units : `${difference > 0 ? "+" : "−"}${units}`;
}

/** "3 ordered since the ERP gave its number"; null where none was. */
export function orderedSinceWords({ orderedSince }: StockCompareRow, format: Format): string | null {
  return orderedSince === 0
    ? null
    : `${format.number(orderedSince)} ordered since the ERP gave this number: it may not know of them`;
}

/** The figures by which a person decides whether stock may be sent, under their names. */
export const toSendFigures: readonly (readonly [keyof StockToSend, string])[] = [
  ["levels", "Levels compared"],
  ["equal", "Equal"],
  ["raised", "Would be raised"],
  ["raisedUnits", "Units added"],
  ["lowered", "Would be lowered"],
  ["loweredUnits", "Units taken off"],
  ["waiting", "Wait, and leave at once"],
];

/** What happens once stock may be sent. */
export const FROM_NOW_ON =
  "From now on each change of stock in the ERP is sent to Shopify, and so are changes that have waited for this.";

/** "12 levels are raised and 3 lowered" */
export function changeWords(
  { raised, lowered }: Pick<StockCompareCounts, "raised" | "lowered">,
  format: Format,
): string {
  const levels = (count: number) => (count === 1 ? "1 level is" : `${format.number(count)} levels are`);
  return `${levels(raised)} raised and ${format.number(lowered)} lowered`;
}
