/** The parts of an order that are written and told apart. */
export const orderParts = ["order", "lines", "money", "parcels", "returns"] as const;
export type OrderPart = (typeof orderParts)[number];

/** One hash per part, in the order of `orderParts`, joined by dots: what `outputHash` holds. */
export type PartHashes = Readonly<Record<OrderPart, string>>;

export function joinHashes(hashes: PartHashes): string {
  return orderParts.map((part) => hashes[part]).join(".");
}

/** What differs between the stored rows and the computed ones. Empty: nothing changed in anything the ERP keeps. */
export function detectOrderChanges(storedHash: string, computed: PartHashes): OrderPart[] {
  const stored = storedHash.split(".");
  return orderParts.filter((part, i) => stored[i] !== computed[part]);
}
