import type { SearchRow, SearchWarning } from "#simulator/search/compile-search.ts";
import { compileSearch } from "#simulator/search/compile-search.ts";
import type { Collection, SimNode, SimValue } from "#simulator/store/types.ts";
import type { AnyField } from "./connection-types.ts";
import { NotSimulatedError } from "./not-simulated-error.ts";
import { rootRule } from "./root-rules.ts";

/** The rows of a connection, filtered and ordered, before paging. */
export type Rows = {
  readonly size: number;
  nodeAt(position: number): SimNode;
  /** What a cursor remembers: the sort value and the place in the source. */
  keyAt(position: number): RowKey;
  /** -1 when the rows run backwards. */
  readonly direction: 1 | -1;
};
export type RowKey = { value: string | number | null; index: number };

export type RowsRequest = {
  source: Collection | readonly SimNode[];
  field: AnyField;
  nodeTypeName: string;
  args: Readonly<Record<string, unknown>>;
  granted: ReadonlySet<string>;
  now: Date;
  warn(warnings: readonly SearchWarning[]): void;
};

/** How many rows are looked at between two chances to pause. */
const STEP = 256;

/**
 * Filters (`query`, and the root field's own rules) and orders (`sortKey`, `reverse`) a connection.
 * A generator, so that a bulk operation over 200,000 rows can let others work in between.
 *
 * @throws NotSimulatedError for a filter or a sort key the simulator does not know.
 */
export function* selectRows(request: RowsRequest): Generator<undefined, Rows> {
  const source = toSource(request.source);
  const { args, field, nodeTypeName } = request;
  const search =
    typeof args.query === "string" && args.query.trim() !== ""
      ? compileSearch(field, nodeTypeName, args.query, request.now)
      : null;
  if (search !== null && search.warnings.length > 0) request.warn(search.warnings);
  const rule = source.isRoot ? rootRule(field.name, args, request.granted, request.now) : null;
  const tests = [rule, search?.matches ?? null].filter((test) => test !== null);
  const direction = args.reverse === true ? -1 : 1;
  const sortValue = findSortValue(field, args, source);

  let indexes: Float64Array | number[] | null = null;
  if (tests.length > 0) {
    const kept: number[] = [];
    for (let index = 0; index < source.size; index++) {
      if (index % STEP === STEP - 1) yield;
      const row = source.rowAt(index);
      if (tests.every((test) => test(row))) kept.push(index);
    }
    indexes = kept;
  }
  if (sortValue !== null) indexes = yield* sortIndexes(indexes, source.size, sortValue);
  const order = indexes;
  const size = order === null ? source.size : order.length;
  const indexAt = (position: number): number => {
    const forward = direction === 1 ? position : size - 1 - position;
    return order === null ? forward : (order[forward] ?? 0);
  };
  return {
    size,
    direction,
    nodeAt: (position) => source.rowAt(indexAt(position)).node(),
    keyAt: (position) => {
      const index = indexAt(position);
      return { index: source.placeAt(index), value: sortValue === null ? null : sortValue(index) };
    },
  };
}

/** Runs {@link selectRows} to its end at once. */
export function selectRowsNow(request: RowsRequest): Rows {
  const steps = selectRows(request);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

type Source = {
  isRoot: boolean;
  size: number;
  rowAt(index: number): SearchRow;
  /** What a cursor remembers: it stays with a row when rows before it go. */
  placeAt(index: number): number;
};

function toSource(from: Collection | readonly SimNode[]): Source {
  if ("timeAt" in from) {
    // A bulk operation reads on while the shop lives: what goes meanwhile may not shift its rows.
    const rows = from.frozen?.() ?? from;
    return {
      isRoot: true,
      size: rows.count(),
      rowAt(index) {
        let made: SimNode | undefined;
        return { node: () => (made ??= rows.at(index)), time: (field) => rows.timeAt(index, field) };
      },
      placeAt: (index) => rows.placeAt?.(index) ?? index,
    };
  }
  return {
    isRoot: false,
    size: from.length,
    rowAt(index) {
      const node = from[index] as SimNode;
      return { node: () => node, time: (field) => (typeof node[field] === "string" ? node[field] : null) };
    },
    placeAt: (index) => index,
  };
}

type SortValue = (index: number) => string | number | null;

/** Sort keys that stand for a field of another name than their own in camelCase. */
const SORT_FIELDS: Readonly<Record<string, readonly string[]>> = {
  NAME: ["name", "displayName"],
  ORDER_NUMBER: ["number"],
  INVENTORY_TOTAL: ["totalInventory"],
  FULL_TITLE: ["displayName"],
};

/** @returns null when the source's own order (by id, oldest first) is the asked one. */
function findSortValue(
  field: AnyField,
  args: Readonly<Record<string, unknown>>,
  source: Source,
): SortValue | null {
  const sortKey = args.sortKey;
  if (typeof sortKey !== "string" || sortKey === "ID" || sortKey === "RELEVANCE") return null;
  const isDefault = field.args.find((argument) => argument.name === "sortKey")?.defaultValue === sortKey;
  if (isDefault && !source.isRoot) return null; // the store gives children in their default order
  // An order is processed when it is made, except imported ones: the order of a dump is no promise.
  if (sortKey === "CREATED_AT" || sortKey === "PROCESSED_AT")
    return (index) => source.rowAt(index).time("createdAt");
  if (sortKey === "UPDATED_AT") return (index) => source.rowAt(index).time("updatedAt");
  const names = SORT_FIELDS[sortKey] ?? [camelCase(sortKey)];
  return (index) => {
    const node = source.rowAt(index).node();
    const value = names.map((name) => node[name]).find((found) => found !== undefined);
    if (value === undefined) throw new NotSimulatedError(`The sort key ${sortKey} of ${field.name}`);
    return sortable(value);
  };
}

function sortable(value: SimValue): string | number | null {
  return typeof value === "string" || typeof value === "number" ? value : null;
}

function camelCase(key: string): string {
  return key.toLowerCase().replaceAll(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
}

/** Times pack with their index into one double (whole seconds, 22 bits of index), which sorts natively. */
const INDEX_SPAN = 2 ** 22;

function* sortIndexes(
  indexes: Float64Array | number[] | null,
  size: number,
  valueOf: SortValue,
): Generator<undefined, Float64Array | number[]> {
  const count = indexes === null ? size : indexes.length;
  const packed = new Float64Array(count);
  const others: { index: number; value: string | number | null }[] = [];
  for (let position = 0; position < count; position++) {
    if (position % STEP === STEP - 1) yield;
    const index = indexes === null ? position : (indexes[position] ?? 0);
    const value = valueOf(index);
    const seconds =
      typeof value === "string" && value.length >= 20 && value.charAt(4) === "-"
        ? Math.floor(Date.parse(value) / 1000)
        : NaN;
    if (others.length === 0 && !Number.isNaN(seconds) && index < INDEX_SPAN)
      packed[position] = seconds * INDEX_SPAN + index;
    else {
      if (others.length === 0) {
        for (let before = 0; before < position; before++) {
          const index = (packed[before] ?? 0) % INDEX_SPAN;
          others.push({ index, value: valueOf(index) });
        }
      }
      others.push({ index, value });
    }
  }
  if (others.length === 0) return packed.sort().map((pack) => pack % INDEX_SPAN);
  return others.sort((a, b) => compareKeys(a, b)).map((row) => row.index);
}

/** Orders by sort value, then by place; null comes first. */
export function compareKeys(a: RowKey, b: RowKey): number {
  if (a.value !== b.value) {
    if (a.value === null) return -1;
    if (b.value === null) return 1;
    if (typeof a.value === "number" && typeof b.value === "number") return a.value - b.value;
    const [left, right] = [timeless(a.value), timeless(b.value)];
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.index - b.index;
}

/** Times are ordered by whole seconds, as they are packed. */
function timeless(value: string | number): string {
  const text = String(value);
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text) ? text.slice(0, 19) : text.toLowerCase();
}
