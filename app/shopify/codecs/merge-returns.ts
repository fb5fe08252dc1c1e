import { inIdOrder } from "./in-canonical-order.ts";
import type { ReturnPart } from "./order-parts.ts";

/** The returns of an order as the payload of one shape tells them; `undefined` = it does not say. */
export type ToldReturns = { shape: string; returns: readonly ReturnPart[] | undefined };

/**
 * What comes back, from the newest payload that knows the goods; how a return stands, from the newest of all. A webhook
 * knows only the latter: a return that no other payload has told yet stays without goods, and the order asks for them.
 * @param told newest first
 * @returns the returns, the shape they came from, and whether the newest says that something has changed since; `undefined` when no payload says whether there are any
 */
export function mergeReturns(
  told: readonly ToldReturns[],
): { returns: ReturnPart[]; from: string; changed: boolean } | undefined {
  const saying = told.filter(({ returns }) => returns !== undefined);
  const [newest] = saying;
  if (newest?.returns === undefined) return undefined;
  const base = saying.find(({ shape }) => shape !== "rest") ?? newest;
  const byId = new Map((base.returns ?? []).map((one) => [one.id, { ...one }]));
  let changed = false;
  if (newest !== base)
    for (const one of newest.returns) {
      const known = byId.get(one.id);
      changed ||= known?.status !== one.status;
      if (known === undefined) byId.set(one.id, { ...one });
      else Object.assign(known, { status: one.status, closedAt: one.closedAt ?? known.closedAt });
    }
  for (const one of byId.values()) {
    one.lines ??= firstTold(saying, one.id, (other) => other.lines);
    one.exchangeLineIds ??= firstTold(saying, one.id, (other) => other.exchangeLineIds);
  }
  return { returns: inIdOrder([...byId.values()]), from: base.shape, changed };
}

function firstTold<T>(
  told: readonly ToldReturns[],
  id: string,
  read: (one: ReturnPart) => T | undefined,
): T | undefined {
  for (const { returns } of told) {
    const one = returns?.find((other) => other.id === id);
    const value = one && read(one);
    if (value !== undefined) return value;
  }
  return undefined;
}
