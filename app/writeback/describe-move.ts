/** A location by Shopify's id, with its name where it is known. */
export type Place = { id: string; name: string | null };

/** What may be moved for a parcel, for a person: "move what is to be fulfilled from Delhi to Pune". */
export function describeMove({ to, from }: { to: Place; from: readonly Place[] }): string {
  const elsewhere = from.filter(({ id }) => id !== to.id);
  if (from.length === 0) return `move what Shopify has at another location to ${sayPlace(to)}`;
  if (elsewhere.length === 0) return `nothing to move: it is to be fulfilled from ${sayPlace(to)} already`;
  return `move what is to be fulfilled from ${elsewhere.map(sayPlace).join(" and ")} to ${sayPlace(to)}`;
}

function sayPlace({ id, name }: Place): string {
  return name ?? `location ${id}`;
}
