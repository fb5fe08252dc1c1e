import { countExpectations } from "./expectations.ts";
import { childrenOf, findChild } from "./find-child.ts";
import { parseGid } from "./ids.ts";
import type { Find, RecordSource, RootSource } from "./record-source.ts";
import { formatTime } from "./store-clock.ts";
import type { Collection, Expectations, SimNode, SimStore, SimValue } from "./types.ts";

type Root = {
  source: RootSource;
  added: SimNode[];
  /** Changed records by index: fields on top of what the source says. */
  patches: Map<number, Record<string, SimValue>>;
};

/**
 * A store that can change: what happened since stands beside its source, which stays a pure function.
 * @param open makes the source; relations between records come back through the `find` it is handed.
 */
export function openStore(open: (find: Find) => RecordSource): SimStore & { domain: string } {
  const source = open((gid) => node(gid));
  const roots = new Map<string, Root>(
    [...source.roots].map(([field, root]) => [field, { source: root, added: [], patches: new Map() }]),
  );
  const fieldOfType = new Map([...source.roots].map(([field, root]) => [root.type, field]));
  // Children that no source can place: those of added records and of changed ones.
  const strayChildren = new Map<string, { root: Root; index: number }>();
  let expected: Expectations | null = null;

  const countOf = (root: Root): number => root.source.count() + root.added.length;
  const recordAt = (root: Root, index: number): SimNode => {
    const base =
      index < root.source.count() ? root.source.at(index) : root.added[index - root.source.count()];
    if (!base) throw new RangeError(`There is no ${root.source.type} number ${String(index)} in this store`);
    const patch = root.patches.get(index);
    return patch ? { ...base, ...patch } : base;
  };
  const timeAt = (root: Root, index: number, field: "createdAt" | "updatedAt"): string | null => {
    const changed = root.patches.get(index)?.[field];
    if (typeof changed === "string") return changed;
    if (index < root.source.count()) return root.source.timeAt(index, field);
    const time = root.added[index - root.source.count()]?.[field];
    return typeof time === "string" ? time : null;
  };
  const placeOf = (gid: string): { root: Root; index: number } | null => {
    const root = roots.get(fieldOfType.get(parseGid(gid)?.type ?? "") ?? "");
    if (!root) return null;
    const index = root.source.indexOf(gid);
    if (index >= 0) return { root, index };
    const added = root.added.findIndex((record) => record.id === gid);
    return added < 0 ? null : { root, index: root.source.count() + added };
  };
  const keepChildren = (root: Root, index: number): void => {
    for (const child of childrenOf(recordAt(root, index))) strayChildren.set(child.id, { root, index });
  };

  function node(gid: string): SimNode | null {
    if (gid === source.shop.id) return source.shop;
    const place = placeOf(gid);
    if (place) return recordAt(place.root, place.index);
    const stray = strayChildren.get(gid);
    if (stray) return findChild(recordAt(stray.root, stray.index), gid);
    const parent = source.parentOf(gid);
    const root = parent ? roots.get(parent.rootField) : undefined;
    if (parent && root) return findChild(recordAt(root, parent.index), gid);
    return source.other(gid);
  }

  return {
    domain: source.domain,
    shop: source.shop,
    collection(rootField): Collection | undefined {
      const root = roots.get(rootField);
      if (!root) return undefined;
      return {
        count: () => countOf(root),
        at: (index) => recordAt(root, index),
        timeAt: (index, field) => timeAt(root, index, field),
      };
    },
    node,
    change(gid, patch, at): void {
      const place = placeOf(gid);
      if (!place) throw new Error(`No such root record: ${gid}`);
      const { root, index } = place;
      root.patches.set(index, { ...root.patches.get(index), ...patch, updatedAt: formatTime(at.getTime()) });
      keepChildren(root, index);
      expected = null;
    },
    add(rootField, record): void {
      const root = roots.get(rootField);
      if (!root) throw new Error(`No such collection: ${rootField}`);
      if (placeOf(record.id)) throw new Error(`There is already a record ${record.id}`);
      root.added.push(record);
      keepChildren(root, countOf(root) - 1);
      expected = null;
    },
    expectations(): Expectations {
      expected ??= countExpectations(this);
      return expected;
    },
  };
}
