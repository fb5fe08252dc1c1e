import { makeGid } from "#simulator/store/ids.ts";
import { formatTime } from "#simulator/store/store-clock.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { told } from "./order-act.ts";
import type { ActDone, LiveShop } from "./live-shop.ts";
import { refuse } from "./refused-act.ts";

const FIRST_NEW = 72_000_000_000;

/** A new place, like the first one but for its name. */
export function createLocation(shop: LiveShop, act: { name: string }): ActDone {
  const { store } = shop;
  if (act.name.trim() === "") refuse("Name can't be blank");
  const n = store.takeSlot((slot) => makeGid("Location", FIRST_NEW + slot));
  const now = formatTime(shop.nowMs());
  const record: SimNode = {
    ...(store.collection("locations")?.at(0) as SimNode),
    id: makeGid("Location", FIRST_NEW + n),
    legacyResourceId: String(FIRST_NEW + n),
    name: act.name,
    isPrimary: false,
    hasActiveInventory: false,
    deletable: true,
    createdAt: now,
    updatedAt: now,
  };
  store.add("locations", record);
  return { id: record.id, happenings: [told("locations/create", record)] };
}

export function updateLocation(shop: LiveShop, act: { location: string; name: string }): ActDone {
  const { store } = shop;
  if (store.node(act.location)?.__typename !== "Location") refuse("Location does not exist");
  if (act.name.trim() === "") refuse("Name can't be blank");
  store.change(act.location, { name: act.name }, new Date(shop.nowMs()));
  return {
    id: act.location,
    happenings: [told("locations/update", store.node(act.location) as SimNode)],
  };
}
