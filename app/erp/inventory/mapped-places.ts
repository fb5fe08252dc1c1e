import { fedLocations } from "./fed-locations.ts";

/** The places a mapping of stock speaks of. */
export type MappedPlaces = {
  shopify: { id: string; name: string | null; isActive: boolean; isDeleted: boolean }[];
  /** Ids of those the ERP has said stock of. */
  erp: string[];
};

type Pair = { erp: string; shopify: string };

/** What follows from a mapping, for a person to check it by. */
export type MappingOutcome = {
  /** Each Shopify location that can be told stock, and the ERP's locations whose sum it is told; none: it is left alone. */
  fed: { id: string; by: string[] }[];
  /** The ERP's locations whose stock reaches no Shopify location. */
  feedNothing: string[];
  /** The ERP's locations that feed more than one: the same unit could be sold at each. */
  feedSeveral: string[];
  /** Shopify locations that pairs name and that take no stock. */
  broken: { id: string; why: "deleted" | "inactive" | "unknown"; by: string[] }[];
};

/** What `fedLocations` makes of all places that are known. */
export function mappingOutcome(pairs: readonly Pair[], { shopify, erp }: MappedPlaces): MappingOutcome {
  const known = new Map(shopify.map((place) => [place.id, place]));
  const open = shopify.filter(({ isActive, isDeleted }) => isActive && !isDeleted);
  const isOpen = (id: string) => open.some((place) => place.id === id);
  const sources = [...new Set([...erp, ...pairs.map((pair) => pair.erp)])].sort();
  const feeds = new Map(sources.map((from) => [from, fedLocations(pairs, from)]));
  const targets = (from: string) => feeds.get(from) ?? [];
  const by = (id: string) => sources.filter((from) => targets(from).includes(id));
  return {
    fed: open.map(({ id }) => ({ id, by: by(id) })),
    feedNothing: sources.filter((from) => !targets(from).some(isOpen)),
    feedSeveral: sources.filter((from) => targets(from).length > 1),
    broken: [...new Set(pairs.map((pair) => pair.shopify))]
      .filter((id) => !isOpen(id))
      .map((id) => {
        const place = known.get(id);
        const why = place === undefined ? "unknown" : place.isDeleted ? "deleted" : "inactive";
        return { id, why, by: by(id) };
      }),
  };
}
