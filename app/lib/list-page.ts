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

export type KeyType = keyof typeof isOfType;

/** How a list is sorted: columns (SQL) that no row leaves null, the last of them unique in the shop. */
export type ListSort = {
  columns: readonly { sql: string; type: KeyType }[];
  direction: "asc" | "desc";
};

/**
 * Beside which record a page stands, by that record's values of the sort's columns; null: the first page. `orFirst`: where nothing
 * is beside it (any more), the first page is wanted, so that nobody stands before an empty list.
 */
export type ListAt = { side: "after" | "before"; key: readonly string[]; orFirst?: boolean } | null;

/** One page of a list; `previous` and `next` are the cursors of the pages beside it, null where there is none. */
export type ListPage<Row> = { rows: Row[]; previous: string | null; next: string | null };

/** What stands beside a page's edge: rows past `key` (of all, where it is null), walked upwards or downwards, as many as `limit`. */
export type BesideEdge = { key: readonly string[] | null; isDescending: boolean; limit: number };

/** What a list's statement adds for one page: conditions, an order, and how many rows to read. */
export type ListPageSql = BesideEdge & { conditions: Condition[]; orderBy: string };

type Question<Row> = { at: ListAt; limit: number; keyOf: (row: Row) => readonly string[] };

/**
 * One page of a list by keyset, whichever way a person turns: both directions walk the same index, and no page costs more than
 * the first. A page before a record is read backwards from it and turned round. A position that cannot be one of this sort
 * is the first page.
 * @param keyOf a row's values of the sort's columns
 * @param read runs the list's statement
 */
export async function loadListPage<Row>(
  { sort, ...question }: Question<Row> & { sort: ListSort },
  read: (sql: ListPageSql) => Promise<readonly Row[]>,
): Promise<ListPage<Row>> {
  const columns = sort.columns.map(({ sql }) => sql);
  const types = sort.columns.map(({ type }) => type);
  return turnPage<Row>({ types, direction: sort.direction, ...question }, (beside) => {
    const { key, isDescending } = beside;
    const past = `(${columns.join(", ")}) ${isDescending ? "<" : ">"} (${columns.map(() => "?").join(", ")})`;
    return read({
      ...beside,
      conditions: key === null ? [] : [[past, ...key]],
      orderBy: columns.map((column) => `${column}${isDescending ? " desc" : ""}`).join(", "),
    });
  });
}

/** `loadListPage` for rows that no statement sorts: `read` gives those beside the edge, in the order they are walked. */
export async function turnPage<Row>(
  question: Question<Row> & { types: readonly KeyType[]; direction: ListSort["direction"] },
  read: (beside: BesideEdge) => Promise<readonly Row[]>,
): Promise<ListPage<Row>> {
  const { types, direction, at: asked, limit, keyOf } = question;
  const at = isPosition(types, asked) ? asked : null;
  const backwards = at?.side === "before";
  const found = await read({
    // One more than is shown says whether there is another page.
    limit: limit + 1,
    key: at?.key ?? null,
    isDescending: (direction === "desc") !== backwards,
  });
  if (found.length === 0 && at?.orFirst) return turnPage({ ...question, at: null }, read);
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

function isPosition(types: readonly KeyType[], at: ListAt): boolean {
  return (
    at !== null && at.key.length === types.length && types.every((type, i) => isOfType[type](at.key[i] ?? ""))
  );
}
