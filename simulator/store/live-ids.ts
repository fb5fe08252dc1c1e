import { findIdPlace, kindsOfType, parseGid } from "./ids.ts";

/** Slots lie apart, so that an order that lives long (more than eight parcels, say) has room in each. */
const STRIDE = 16;

/**
 * Ids for what comes into being while the store lives: beyond all seeded ones and growing with time, as
 * Shopify's do. Each act takes a slot, a record number of its own for everything it makes, and whose
 * slot it is can be computed from any of those ids: one entry an act, whatever it makes.
 */
export class LiveIds {
  private readonly first: number;
  private readonly owners: string[] = [];

  /** @param first a record number above all that the store began with. */
  constructor(first: number) {
    this.first = first;
  }

  /** A new record number; `ownerOf` tells the gid of the root record that what it is used for belongs to. */
  take(ownerOf: (n: number) => string): number {
    const n = this.first + this.owners.length * STRIDE;
    this.owners.push(ownerOf(n));
    return n;
  }

  /** The root record a child made while the store lived belongs to; null = it is none of those. */
  ownerOf(gid: string): string | null {
    const parsed = parseGid(gid);
    for (const kind of kindsOfType(parsed?.type ?? "")) {
      const n = findIdPlace(kind, Number(parsed?.number))?.n ?? -1;
      const owner = n < this.first ? undefined : this.owners[Math.floor((n - this.first) / STRIDE)];
      if (owner !== undefined) return owner;
    }
    return null;
  }
}
