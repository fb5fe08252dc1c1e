import { carryWritten } from "./data-file/carry-written.ts";
import { ExpectationsTally } from "./expectations.ts";
import { childrenOf, findChild } from "./find-child.ts";
import { makeGid, parseGid } from "./ids.ts";
import { LiveIds } from "./live-ids.ts";
import { locationLevels } from "./location-levels.ts";
import type { OrderDraft } from "./order-draft.ts";
import { buildOrder } from "./order-record.ts";
import { OverlayRoot } from "./overlay-root.ts";
import type { LiveRecord } from "./overlay-root.ts";
import { buildFulfillmentOrder } from "./parcel-records.ts";
import { readNodes } from "./read-record.ts";
import type { Find, RecordSource } from "./record-source.ts";
import { formatTime } from "./store-clock.ts";
import type { Collection, LiveStore, SimNode } from "./types.ts";

/** Above the numbers of all records the store began with. */
const ROOM = 64;

/**
 * A store that lives: what happened since stands beside its source, which stays a pure function.
 * @param open makes the source; relations between records come back through the `find` it is handed.
 */
export function openStore(open: (find: Find) => RecordSource): LiveStore {
  const source = open((gid) => node(gid));
  const stockAt = (location: string) =>
    locationLevels(location, { items: () => collection("inventoryItems"), find: node });
  const roots = new Map(
    [...source.roots].map(([field, root]) => [
      field,
      new OverlayRoot(root, root.type === "Location" ? stockAt : undefined),
    ]),
  );
  const fieldOfType = new Map([...source.roots].map(([field, root]) => [root.type, field]));
  const counts = ["orders", "products", "customers"].map((field) => source.roots.get(field)?.count() ?? 0);
  const ids = new LiveIds(Math.max(...counts) + ROOM);
  /** Orders that lived, by gid; those of the source that nothing happened to are not here. */
  const drafts = new Map<string, OrderDraft>();
  // Children that no source and no slot can place: those of records changed or added by hand.
  const strayChildren = new Map<string, { root: OverlayRoot; place: number }>();
  let lastOrderNumber = source.lastOrderNumber;
  const tally = new ExpectationsTally({ collection, node });

  const rootOf = (rootField: string): OverlayRoot => {
    const root = roots.get(rootField);
    if (!root) throw new Error(`No such collection: ${rootField}`);
    return root;
  };
  const seek = (gid: string): { root: OverlayRoot; place: number } | null => {
    const root = roots.get(fieldOfType.get(parseGid(gid)?.type ?? "") ?? "");
    const place = root?.placeOf(gid) ?? -1;
    return root && place >= 0 ? { root, place } : null;
  };
  const seekOrFail = (gid: string): { root: OverlayRoot; place: number } => {
    const found = seek(gid);
    if (!found) throw new Error(`No such root record: ${gid}`);
    tally.touch(found.root.source.type, gid);
    return found;
  };
  const keepChildren = (root: OverlayRoot, place: number): void => {
    for (const child of childrenOf(root.at(place))) strayChildren.set(child.id, { root, place });
  };

  function collection(rootField: string): Collection | undefined {
    return roots.get(rootField)?.collection();
  }

  function node(gid: string): SimNode | null {
    if (gid === source.shop.id) return source.shop;
    const own = seek(gid);
    if (own) return own.root.at(own.place);
    const parsed = parseGid(gid);
    if (fieldOfType.has(parsed?.type ?? "")) return null;
    if (parsed?.type === "InventoryLevel") {
      const item = /(?:^|&)inventory_item_id=(\d+)/.exec(parsed.query)?.[1] ?? "";
      return childOf(node(makeGid("InventoryItem", item)), gid);
    }
    const owner = ids.ownerOf(gid);
    if (owner !== null) return childOf(node(owner), gid);
    const stray = strayChildren.get(gid);
    if (stray) return stray.root.isGone(stray.place) ? null : findChild(stray.root.at(stray.place), gid);
    const parent = source.parentOf(gid);
    const root = parent ? roots.get(parent.rootField) : undefined;
    if (parent && root) return root.isGone(parent.index) ? null : findChild(root.at(parent.index), gid);
    return source.other(gid);
  }

  function draftOf(gid: string): OrderDraft | null {
    const place = rootOf("orders").placeOf(gid);
    if (place < 0) return null;
    const lived = drafts.get(gid);
    if (lived) return structuredClone(lived);
    return place < (source.roots.get("orders")?.count() ?? 0) ? source.draftOf(place) : null;
  }

  /** The record `after` its acts; where a data file wrote the record, what no act touched stands as written. */
  const standing = (rootField: string, place: number, build: (draft: OrderDraft) => SimNode | null) => {
    const root = source.roots.get(rootField);
    if (!source.isVerbatim || !root || place < 0 || place >= root.count()) return build;
    const written = root.at(place);
    return (draft: OrderDraft): SimNode | null => {
      const at = source.roots.get("orders")?.indexOf(draft.gid) ?? -1;
      const first = at < 0 ? null : source.draftOf(at);
      const [before, after] = [first && build(first), build(draft)];
      return before && after ? carryWritten(written, before, after) : after;
    };
  };

  function layRecord(
    rootField: string,
    gid: string,
    build: (draft: OrderDraft) => SimNode | null,
    of: string,
  ) {
    const root = rootOf(rootField);
    const place = root.placeOf(gid);
    const draft = (): OrderDraft => drafts.get(of) ?? missing(of);
    const stand = standing(rootField, place, build);
    const live: LiveRecord = {
      record: () => stand(draft()) ?? missing(gid),
      time: (field) => formatTime(field === "createdAt" ? draft().createdMs : draft().updatedMs),
    };
    if (place < 0) root.add(gid, live);
    else root.stand(place, live);
  }

  return {
    domain: source.domain,
    shop: source.shop,
    collection,
    node,
    draftOf,
    putOrder(draft): SimNode {
      tally.touch("Order", draft.gid);
      const known = drafts.get(draft.gid);
      drafts.set(draft.gid, draft);
      if (!known) layRecord("orders", draft.gid, (one) => buildOrder(one, source.domain, node), draft.gid);
      const laid = new Set(known?.fulfillmentOrders.map((one) => one.gid));
      for (const { gid } of draft.fulfillmentOrders) {
        if (laid.has(gid)) continue;
        const build = (of: OrderDraft): SimNode | null => {
          const one = of.fulfillmentOrders.find((each) => each.gid === gid);
          return one ? buildFulfillmentOrder(of, one, node) : null;
        };
        layRecord("fulfillmentOrders", gid, build, draft.gid);
      }
      const orders = rootOf("orders");
      orders.forgetTime(orders.placeOf(draft.gid));
      return node(draft.gid) ?? missing(draft.gid);
    },
    change(gid, patch, at): void {
      const { root, place } = seekOrFail(gid);
      root.patch(place, { ...patch, updatedAt: formatTime(at.getTime()) });
      keepChildren(root, place);
    },
    patch(gid, fields): void {
      const { root, place } = seekOrFail(gid);
      root.patch(place, fields);
    },
    add(rootField, record): void {
      const root = rootOf(rootField);
      if (root.placeOf(record.id) >= 0) throw new Error(`There is already a record ${record.id}`);
      const time: LiveRecord["time"] = (field) => {
        const told = record[field];
        return typeof told === "string" ? told : null;
      };
      tally.touch(root.source.type, record.id);
      keepChildren(root, root.add(record.id, { record: () => record, time }));
    },
    remove(gid): void {
      const { root, place } = seekOrFail(gid);
      for (const one of root.source.type === "Order" ? readNodes(root.at(place), "fulfillmentOrders") : []) {
        const part = seek(one.id);
        part?.root.remove(part.place);
      }
      root.remove(place);
    },
    takeSlot: (ownerOf) => ids.take(ownerOf),
    nextOrderNumber: () => ++lastOrderNumber,
    expectations: () => tally.read(),
  };
}

/** A child of a root record; an order's fulfilment orders are roots themselves, and have its youngest children. */
function childOf(root: SimNode | null, gid: string): SimNode | null {
  if (root === null) return null;
  const own = findChild(root, gid);
  if (own || root.__typename !== "Order") return own;
  for (const one of readNodes(root, "fulfillmentOrders")) {
    const found = findChild(one, gid);
    if (found) return found;
  }
  return null;
}

function missing(gid: string): never {
  throw new Error(`There is no ${gid} any more`);
}
