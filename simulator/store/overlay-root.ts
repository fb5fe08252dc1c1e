import type { RootSource } from "./record-source.ts";
import type { Collection, SimNode, SimValue } from "./types.ts";

/** A record that stands in for what the source says, or behind its last: made when asked for. */
export type LiveRecord = {
  record: () => SimNode;
  time: (field: "createdAt" | "updatedAt") => string | null;
};

/**
 * One root collection with what happened to it since: records changed, added and taken away. A `place`
 * is a record's number among all that ever were, an index its number among those that are.
 */
export class OverlayRoot {
  readonly source: RootSource;
  private readonly lives = new Map<number, LiveRecord>();
  private readonly added = new Map<string, number>();
  private readonly patches = new Map<number, Record<string, SimValue>>();
  /** Places of what was taken away, ascending; a new list each time, so that a frozen view keeps its own. */
  private gone: readonly number[] = [];
  private places: number;
  /** Fields that follow from the rest of the store, whoever made the record. */
  private readonly derive: ((gid: string) => Record<string, SimValue>) | undefined;

  constructor(source: RootSource, derive?: (gid: string) => Record<string, SimValue>) {
    this.source = source;
    this.derive = derive;
    this.places = source.count();
  }

  /** -1 = no such record, or not any more. */
  placeOf(gid: string): number {
    const place = this.added.get(gid) ?? this.source.indexOf(gid);
    return place < 0 || this.isGone(place) ? -1 : place;
  }

  isGone(place: number): boolean {
    const rank = rankOf(this.gone, place);
    return this.gone[rank] === place;
  }

  /** What was taken away can still be read by whoever has its place. */
  at(place: number): SimNode {
    const live = this.lives.get(place);
    const base = live ? live.record() : this.source.at(place);
    const patch = this.patches.get(place);
    const record = patch ? { ...base, ...patch } : base;
    return this.derive ? { ...record, ...this.derive(record.id) } : record;
  }

  timeAt(place: number, field: "createdAt" | "updatedAt"): string | null {
    const changed = this.patches.get(place)?.[field];
    if (typeof changed === "string") return changed;
    const live = this.lives.get(place);
    return live ? live.time(field) : this.source.timeAt(place, field);
  }

  add(gid: string, live: LiveRecord): number {
    const place = this.places++;
    this.added.set(gid, place);
    this.lives.set(place, live);
    return place;
  }

  /** Lets `live` stand at a place instead of what the source says. */
  stand(place: number, live: LiveRecord): void {
    this.lives.set(place, live);
  }

  /** A time patched by hand gives way to that of the record itself. */
  forgetTime(place: number): void {
    const patch = this.patches.get(place);
    if (patch?.["updatedAt"] === undefined) return;
    const { updatedAt: _moved, ...rest } = patch;
    this.patches.set(place, rest);
  }

  patch(place: number, fields: Record<string, SimValue>): void {
    this.patches.set(place, { ...this.patches.get(place), ...fields });
  }

  remove(place: number): void {
    const rank = rankOf(this.gone, place);
    this.gone = [...this.gone.slice(0, rank), place, ...this.gone.slice(rank)];
  }

  collection(): Collection {
    const view = (gone: () => readonly number[], places: () => number): Collection => ({
      count: () => places() - gone().length,
      at: (index) => {
        const place = placeOfIndex(gone(), index);
        if (index < 0 || place >= places())
          throw new RangeError(`There is no ${this.source.type} number ${String(index)} in this store`);
        return this.at(place);
      },
      timeAt: (index, field) => this.timeAt(placeOfIndex(gone(), index), field),
      placeAt: (index) => placeOfIndex(gone(), index),
      frozen: () => {
        const [now, all] = [gone(), places()];
        return view(
          () => now,
          () => all,
        );
      },
    });
    return view(
      () => this.gone,
      () => this.places,
    );
  }
}

/** How many of an ascending list are below `value`. */
function rankOf(list: readonly number[], value: number): number {
  return bisect(list.length, (i) => (list[i] ?? 0) >= value);
}

function placeOfIndex(gone: readonly number[], index: number): number {
  return index + bisect(gone.length, (i) => (gone[i] ?? 0) - i > index);
}

function bisect(size: number, isBehind: (position: number) => boolean): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBehind(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
