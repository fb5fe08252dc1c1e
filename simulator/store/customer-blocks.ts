import { hash32, STREAM } from "./random.ts";

/**
 * Who bought what, computed both ways without a table as large as the store.
 *
 * Orders are dealt into `blocks` hands: order n is slot `floor(n / blocks)` of hand `n % blocks`, so a
 * hand's 50 slots spread over the whole time of the store. In every hand the same 30 customers come
 * in the same order of slots; customer `k` of hand `b` has the number `k * blocks + b`. Since first
 * slots grow with `k`, customer numbers grow with the day they came: ids and times stay monotonic.
 */
const SLOTS = 50;
const NEW_CUSTOMER_EVERY = 5 / 3;

/** Slot → customer of the hand. New ones come evenly; in between, earlier ones come again. */
const OWNER: readonly number[] = (() => {
  const owners: number[] = [];
  let known = 0;
  for (let slot = 0; slot < SLOTS; slot++) {
    if (slot >= known * NEW_CUSTOMER_EVERY) owners.push(known++);
    else {
      // The square favours the first customers: a few buy often, most buy once.
      const share = hash32(7, 7, slot) / 4294967296;
      owners.push(Math.floor(share * share * known));
    }
  }
  return owners;
})();

const HAND = Math.max(...OWNER) + 1;
const SLOTS_OF: readonly (readonly number[])[] = Array.from({ length: HAND }, (_, k) =>
  OWNER.flatMap((owner, slot) => (owner === k ? [slot] : [])),
);

/** One customer in 15 never bought: what would be theirs was bought by guests. */
const NEVER_SHARE = 15;
const GUEST_SHARE = 40;

function blockCount(orders: number): number {
  return Math.max(1, Math.ceil(orders / SLOTS));
}

export function customerCount(orders: number): number {
  const blocks = blockCount(orders);
  let count = 0;
  for (const [first = 0] of SLOTS_OF) {
    count += Math.min(blocks, Math.max(0, orders - first * blocks));
  }
  return count;
}

/** The order at whose time customer `c` came to the store. */
export function firstOrderOf(c: number, orders: number): number {
  const blocks = blockCount(orders);
  return (SLOTS_OF[Math.floor(c / blocks)]?.[0] ?? 0) * blocks + (c % blocks);
}

function neverBuys(seed: number, c: number): boolean {
  return hash32(seed, STREAM.customerNever, c) % NEVER_SHARE === 0;
}

/** The customer of order `n`; null = a guest. */
export function customerOfOrder(seed: number, n: number, orders: number): number | null {
  const blocks = blockCount(orders);
  const c = (OWNER[Math.floor(n / blocks)] ?? 0) * blocks + (n % blocks);
  if (neverBuys(seed, c) || hash32(seed, STREAM.guest, n) % GUEST_SHARE === 0) return null;
  return c;
}

/** The orders of customer `c`, oldest first; may be none. */
export function ordersOfCustomer(seed: number, c: number, orders: number): number[] {
  if (neverBuys(seed, c)) return [];
  const blocks = blockCount(orders);
  const numbers = (SLOTS_OF[Math.floor(c / blocks)] ?? []).map((slot) => slot * blocks + (c % blocks));
  return numbers.filter((n) => n < orders && customerOfOrder(seed, n, orders) !== null);
}
