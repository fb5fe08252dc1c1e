import { legacyId, makeGid, parseGid } from "#simulator/store/ids.ts";
import { buildInventoryLevel } from "#simulator/store/inventory-records.ts";
import { LOCATIONS } from "#simulator/store/location-records.ts";
import { readField, readNodes, readText } from "#simulator/store/read-record.ts";
import { formatTime } from "#simulator/store/store-clock.ts";
import type { LiveStore, SimNode } from "#simulator/store/types.ts";
import type { ProductLedger } from "./product-ledger.ts";
import { refuse } from "./refused-act.ts";

type Level = {
  gid: string;
  location: string;
  counts: Record<string, number>;
  createdAt: string;
  updatedAt: string;
};

const NOTHING = {
  available: 0,
  on_hand: 0,
  committed: 0,
  incoming: 0,
  reserved: 0,
  damaged: 0,
  quality_control: 0,
  safety_stock: 0,
};

/** How stock moves: units by state, `on_hand` among them. */
export type StockMove = Partial<Record<"available" | "committed" | "on_hand", number>>;

/**
 * What lies where while the store lives. An inventory item is touched when its stock moves: from then on
 * it, its variant and its product tell the stock kept here.
 */
export class StockLedger {
  private readonly store: LiveStore;
  private readonly products: ProductLedger;
  private readonly items = new Map<string, Level[]>();

  constructor(store: LiveStore, products: ProductLedger) {
    this.store = store;
    this.products = products;
  }

  /**
   * Moves stock of an item at a location, or at the first one that has it; an item that is not tracked has no stock.
   * @returns the level, null where nothing is counted.
   */
  move(item: string, location: string, by: StockMove, atMs: number): SimNode | null {
    if (this.store.node(item)?.["tracked"] !== true) return null;
    const levels = this.levelsOf(item);
    const level = levels.find((one) => one.location === location) ?? levels[0];
    if (!level) return null;
    for (const [state, units] of Object.entries(by)) level.counts[state] = (level.counts[state] ?? 0) + units;
    return this.told(item, level, atMs);
  }

  /** Sets what is available or on hand; the other moves by the same units, as at Shopify. */
  set(
    item: string,
    location: string,
    quantity: number,
    atMs: number,
    of: "available" | "on_hand" = "available",
  ): SimNode {
    const level = this.levelOf(item, location);
    if (!level) return refuse("The specified inventory item is not stocked at the location.");
    const by = quantity - (level.counts[of] ?? 0);
    for (const state of ["available", "on_hand"]) level.counts[state] = (level.counts[state] ?? 0) + by;
    return this.told(item, level, atMs);
  }

  /** What lies of an item at a location by state; null where it is not stocked. @throws RefusedAct for an unknown item or location. */
  countsOf(item: string, location: string): Readonly<Record<string, number>> | null {
    const level = this.levelOf(item, location);
    return level ? { ...level.counts } : null;
  }

  connect(item: string, location: string, available: number, atMs: number): SimNode {
    if (this.levelOf(item, location)) refuse("Inventory item is already stocked at this location.");
    const number = LOCATIONS.find((one) => one.id === location)?.level ?? legacyId(location);
    const level: Level = {
      gid: `${makeGid("InventoryLevel", number)}?inventory_item_id=${legacyId(item)}`,
      location,
      counts: { ...NOTHING, available, on_hand: available },
      createdAt: formatTime(atMs),
      updatedAt: formatTime(atMs),
    };
    this.levelsOf(item).push(level);
    return this.told(item, level, atMs);
  }

  /** @returns the level as it was. */
  disconnect(item: string, location: string): SimNode {
    const levels = this.levelsOf(item);
    const level = this.levelOf(item, location);
    if (!level) return refuse("The specified inventory item is not stocked at the location.");
    if (levels.length === 1)
      refuse("Cannot unstock an inventory item from the only location at which it is stocked.");
    const { committed = 0, incoming = 0, reserved = 0, damaged = 0 } = level.counts;
    const from = "Cannot unstock this inventory item from this location because it has";
    if (committed !== 0 && incoming !== 0) refuse(`${from} committed and incoming quantities.`);
    if (committed !== 0) refuse(`${from} committed quantities.`);
    if (incoming !== 0) refuse(`${from} incoming quantities.`);
    if (reserved + damaged !== 0) refuse(`${from} unavailable quantities.`);
    const last = this.record(item, level);
    levels.splice(levels.indexOf(level), 1);
    return last;
  }

  private levelOf(item: string, location: string): Level | undefined {
    if (this.store.node(item)?.__typename !== "InventoryItem") refuse("The inventory item was not found.");
    if (this.store.node(location)?.__typename !== "Location") refuse("The location was not found.");
    return this.levelsOf(item).find((one) => one.location === location);
  }

  private told(item: string, level: Level, atMs: number): SimNode {
    level.updatedAt = formatTime(atMs);
    return this.record(item, level);
  }

  private record(item: string, level: Level): SimNode {
    const counts = { ...level.counts };
    return buildInventoryLevel((gid) => this.store.node(gid), {
      item: legacyId(item),
      location: level.location,
      number: parseGid(level.gid)?.number ?? "",
      counts: () => counts,
      createdAt: level.createdAt,
      updatedAt: level.updatedAt,
    });
  }

  private levelsOf(gid: string): Level[] {
    const known = this.items.get(gid);
    if (known) return known;
    const item = this.store.node(gid);
    const levels = readNodes(item ?? undefined, "inventoryLevels").map((record): Level => {
      const quantities = readNodes(record, "quantities");
      return {
        gid: record.id,
        location: readText(record, "location", "id"),
        counts: Object.fromEntries(quantities.map((one) => [readText(one["name"]), Number(one["quantity"])])),
        createdAt: readText(record["createdAt"]),
        updatedAt: readText(record["updatedAt"]),
      };
    });
    this.items.set(gid, levels);
    if (item === null) return levels;
    const records = (): SimNode[] => levels.map((level) => this.record(gid, level));
    this.store.patch(gid, {
      inventoryLevels: records,
      inventoryLevel: (args) => records().find((_, i) => levels[i]?.location === args["locationId"]) ?? null,
      locationsCount: () => ({ count: levels.length, precision: "EXACT" }),
    });
    const tracked = (): boolean => this.store.node(gid)?.["tracked"] === true;
    const available = (): number => levels.reduce((sum, one) => sum + (one.counts["available"] ?? 0), 0);
    const variant = readText(item, "variant", "id");
    const policy = readField(item, "variant", "inventoryPolicy");
    if (variant !== "")
      this.store.patch(variant, {
        inventoryQuantity: () => (tracked() ? available() : 0),
        availableForSale: () => !tracked() || available() > 0 || policy === "CONTINUE",
      });
    const product = readText(item, "variant", "product", "id");
    if (product !== "") this.products.touch(product);
    return levels;
  }
}
