import { idFromGid } from "#app/lib/gid.ts";
import { readNodes, readText } from "#simulator/store/read-record.ts";
import type { MixedShop } from "./mixed-shop.ts";

/** A stock level of Shopify's, and the SKU in the ERP. */
export type Level = { id: string; item: string; location: string; skuId: string; variant: string };

/** Who moved a level: our push, orders and what is done to them, or somebody who counted. */
type Mover = "us" | "orders" | "count";
type Moved = { level: string; by: number; atMs: number; who: Mover };

/** What moved on the levels of one mix, by whom and when. */
export class StockBook {
  readonly levels: readonly Level[];
  readonly moved: Moved[] = [];
  /** What was seen that must not be. */
  readonly wrong: string[] = [];
  /** Units of each variant by the order that was placed. */
  readonly orders = new Map<string, Map<string, number>>();
  /**
   * Something has happened in the middle of this turn of a sender: what it goes by was read before. Also what it sends once more because
   * Shopify has refused the whole request for one row of it.
   */
  isStirred = false;
  private readonly at: MixedShop;

  constructor(at: MixedShop, levels: readonly Level[]) {
    this.at = at;
    this.levels = levels;
  }

  /** What Shopify shows. */
  shown({ item, location }: Level): number {
    const record = this.at.simulator.store.node(`gid://shopify/InventoryItem/${item}`) ?? undefined;
    const level = readNodes(record, "inventoryLevels").find(
      (one) => idFromGid(readText(one, "location", "id")) === location,
    );
    const quantities = level === undefined ? [] : readNodes(level, "quantities");
    return Number(quantities.find((one) => readText(one["name"]) === "available")?.["quantity"] ?? NaN);
  }

  /** From here on: @returns what writes down that `who` moved what has moved since. Each moment is another millisecond. */
  begin(): (who: Mover) => void {
    this.at.pass(1);
    const before = this.levels.map((level) => this.shown(level));
    return (who) => {
      const atMs = this.at.now().getTime();
      for (const [i, level] of this.levels.entries()) {
        const by = this.shown(level) - (before[i] ?? 0);
        if (by !== 0) this.moved.push({ level: level.id, by, atMs, who });
      }
      this.at.pass(1);
    };
  }

  /** Units that others moved it by after a moment. */
  since(level: Level, atMs: number, who: readonly Mover[]): number {
    return this.moved
      .filter((one) => one.level === level.id && one.atMs > atMs && who.includes(one.who))
      .reduce((sum, { by }) => sum + by, 0);
  }

  /**
   * How far pushes of ours after a moment may have moved it: not at all, all of them, or all but the first, which is the agreed one
   * where that was read before it was sent.
   */
  pushesSince(level: Level, atMs: number): number[] {
    const ours = this.moved.filter((one) => one.level === level.id && one.atMs > atMs && one.who === "us");
    const sum = (moves: readonly Moved[]) => moves.reduce((by, move) => by + move.by, 0);
    return [0, sum(ours), sum(ours.slice(1))];
  }

  /** Units of an item that all orders of the mix asked for. */
  unitsOf({ variant }: Level): number {
    return [...this.orders.values()].reduce((sum, units) => sum + (units.get(variant) ?? 0), 0);
  }

  /** How far our last push moved it. */
  lastPushBy(level: Level): number {
    return this.moved.findLast((one) => one.level === level.id && one.who === "us")?.by ?? 0;
  }

  lastPushMs(level: Level): number {
    return Math.max(
      0,
      ...this.moved.filter((one) => one.level === level.id && one.who === "us").map(({ atMs }) => atMs),
    );
  }
}
