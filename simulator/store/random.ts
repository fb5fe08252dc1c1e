/** Mixes three numbers into one well-spread 32-bit unsigned integer (murmur3's finaliser). */
export function hash32(seed: number, salt: number, n: number): number {
  let h =
    Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^
    Math.imul(salt + 0x7f4a7c15, 0xc2b2ae35) ^
    Math.imul(n, 0x27d4eb2f);
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** One number stream per concern, so that a new draw in one never shifts another. */
export const STREAM = {
  orderPlan: 1,
  orderLines: 2,
  orderMoney: 3,
  orderText: 4,
  orderAfter: 5,
  orderContact: 6,
  orderDelivery: 7,
  orderFees: 8,
  product: 10,
  variant: 11,
  productTimes: 12,
  inventory: 13,
  customer: 20,
  customerNever: 21,
  guest: 22,
  live: 30,
} as const;

/**
 * The random numbers of ONE record: a pure function of (seed, stream, n), so that record n never
 * depends on which records were made before it. mulberry32: small, quick, good enough for a store.
 */
export class RecordRandom {
  private state: number;

  constructor(seed: number, stream: number, n: number) {
    this.state = hash32(seed, stream, n);
  }

  /** In [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  pick<const L extends readonly [unknown, ...unknown[]]>(list: L): L[number] {
    return list[Math.floor(this.next() * list.length)];
  }

  /** Picks by weight; weights need not add up to anything. */
  weighted<T>(list: readonly [readonly [T, number], ...(readonly [T, number])[]]): T {
    let sum = 0;
    for (const [, weight] of list) sum += weight;
    let point = this.next() * sum;
    for (const [value, weight] of list) {
      point -= weight;
      if (point < 0) return value;
    }
    return list[0][0];
  }

  /** `count` decimal digits as text. */
  digits(count: number): string {
    let text = "";
    for (let i = 0; i < count; i++) text += String(Math.floor(this.next() * 10));
    return text;
  }
}
