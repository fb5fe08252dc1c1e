import type { Condition } from "./asked-conditions.ts";
import { writeCursor } from "./cursor.ts";

/**
 * Whether a text can be a value of a column, by the column's type: what somebody wrote into an address is not trusted to. Instants
 * are of milliseconds, as the columns sorted by and the keys written of them are; PostgreSQL knows no year 0, and Date no 30 February.
 */
const isOfType = {
  text: () => true,
  instant: (text: string) => {
    const at = new Date(text);
    return /^(?!0000)\d{4}-/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString() === text;
  },
  /** `integer`, of four bytes. */
  integer: (text: string) => /^-?\d{1,10}$/.test(text) && Math.abs(Number(text)) < 2 ** 31,
} as const;

/** How a list is sorted: columns (SQL) that no row leaves null, the last of them unique in the shop. */
export type ListSort = {
  columns: readonly { sql: string; type: keyof typeof isOfType }[];
  direction: "asc" | "desc";
};

/**
 * Beside which record a page stands, by that record's values of the sort's columns; null: the first page. `orFirst`: where nothing
 * is beside it (any more), the first page is wanted, so that nobody stands before an empty list.
 */
export type ListAt = { side: "after" | "before"; key: readonly string[]; orFirst?: boolean } | null;

/** One page of a list; `previous` and `next` are the cursors of the pages beside it, null where there is none. */
export type ListPage<Row> = { rows: Row[]; previous: string | null; next: string | null };

/** What a list's statement adds for one page: conditions, an order, and how many rows to read. */
export type ListPageSql = { conditions: Condition[]; orderBy: string; limit: number };

/**
 * One page of a list by keyset, whichever way a person turns: both directions walk the same index, and no page costs more than
 * the first. A page before a record is read backwards from it and turned round. A position that cannot be one of this sort
 * is the first page.
 * @param keyOf a row's values of the sort's columns
 * @param read runs the list's statement
 */
export async function loadListPage<Row>(
  {
    sort,
    at: asked,
    limit,
    keyOf,
  }: { sort: ListSort; at: ListAt; limit: number; keyOf: (row: Row) => readonly string[] },
  read: (sql: ListPageSql) => Promise<readonly Row[]>,
): Promise<ListPage<Row>> {
  const at = isPosition(sort, asked) ? asked : null;
  const backwards = at?.side === "before";
  const isDescending = (sort.direction === "desc") !== backwards;
  const columns = sort.columns.map(({ sql }) => sql);
  const found = await read({
    // One more than is shown says whether there is another page.
    limit: limit + 1,
    conditions:
      at === null
        ? []
        : [
            [
              `(${columns.join(", ")}) ${isDescending ? "<" : ">"} (${columns.map(() => "?").join(", ")})`,
              ...at.key,
            ],
          ],
    orderBy: columns.map((column) => `${column}${isDescending ? " desc" : ""}`).join(", "),
  });
  if (found.length === 0 && at?.orFirst) return loadListPage({ sort, at: null, limit, keyOf }, read);
  const rows = found.slice(0, limit);
  if (backwards) rows.reverse();
  const [first] = rows;
  const last = rows.at(-1);
  const hasMore = found.length > limit;
  const hasPrevious = backwards ? hasMore : at !== null;
  const hasNext = backwards || hasMore;
  return {
    rows,
    previous: hasPrevious && first !== undefined ? writeCursor(keyOf(first)) : null,
    next: hasNext && last !== undefined ? writeCursor(keyOf(last)) : null,
  };
}

function isPosition({ columns }: ListSort, at: ListAt): boolean {
  return (
    at !== null &&
    at.key.length === columns.length &&
    columns.every(({ type }, i) => isOfType[type](at.key[i] ?? ""))
  );
}
