import type { RefundPart } from "./order-parts.ts";

/** The refunds of an order as the payload of one shape tells them. */
export type ToldRefunds = { shape: string; refunds: readonly RefundPart[] };

const FILLED = ["total", "returnId", "lines", "shipping", "adjustments", "duties"] as const;

/**
 * The newest payload's refunds, each completed from the others: a refund never changes once it is made, so what any
 * payload told of it stands.
 * @param told newest first
 * @returns the refunds, and which shape told what the newest did not
 */
export function mergeRefunds(told: readonly ToldRefunds[]): {
  refunds: RefundPart[];
  totalsFrom?: string;
  linesFrom?: string;
} {
  const [newest, ...older] = told;
  const merged: ReturnType<typeof mergeRefunds> = { refunds: [] };
  for (const refund of newest?.refunds ?? []) {
    const whole = { ...refund };
    for (const field of FILLED) {
      if (isTold(whole, field)) continue;
      const others = older.flatMap(({ shape, refunds }) => {
        const other = refunds.find(({ id }) => id === refund.id);
        return other?.[field] === undefined ? [] : [{ shape, other }];
      });
      const teller = others.find(({ other }) => isTold(other, field)) ?? others[0];
      if (teller === undefined || (whole[field] !== undefined && !isTold(teller.other, field))) continue;
      Object.assign(whole, { [field]: teller.other[field] });
      if (field === "total") merged.totalsFrom = teller.shape;
      if (field === "lines") merged.linesFrom = teller.shape;
    }
    merged.refunds.push(whole);
  }
  return merged;
}

/** Shipping counts as told only with its tax: a webhook leaves that out. */
function isTold(refund: RefundPart, field: (typeof FILLED)[number]): boolean {
  return field === "shipping"
    ? refund.shipping?.every(({ tax }) => tax !== undefined) === true
    : refund[field] !== undefined;
}
