import { askedConditions, type Condition } from "#app/lib/asked-conditions.ts";
import type { Db } from "#app/lib/db.server.ts";
import type { ErrorCode } from "#app/lib/errors.ts";
import { loadListPage, type ListAt, type ListPage } from "#app/lib/list-page.ts";
import { cacheTables, type PayloadSource, type QueuedKind } from "./cache-tables.ts";
import { isOfStatus, type EntryStatus } from "./entry-status.ts";
import { unlessGone } from "./fetch-wishes.server.ts";
import { cacheEntryColumns, type CacheEntryRow } from "./list-cache-entries.server.ts";

/** What a person looks for among the entries of a kind; each left out: all. */
export type CacheSearch = {
  /** Part of an order's number or of a product's title or handle; Shopify's id, of a stock level its item's or its location's too. */
  search?: string | undefined;
  statuses?: readonly (EntryStatus | "toFetch")[] | undefined;
  codes?: readonly ErrorCode[] | undefined;
  sources?: readonly PayloadSource[] | undefined;
  receivedFrom?: Date | undefined;
  /** Not included. */
  receivedUntil?: Date | undefined;
};

/**
 * A page of a kind's entries by when they were received. All read along the index by receipt; where little has a status or an
 * error, the planner takes the partial index of that. What was typed is looked for in all of a shop's entries.
 */
export async function listCachePage(
  db: Db,
  {
    shop,
    kind,
    direction,
    at,
    limit,
    ...search
  }: {
    shop: string;
    kind: QueuedKind;
    direction: "asc" | "desc";
    at: ListAt;
    limit: number;
  } & CacheSearch,
): Promise<ListPage<CacheEntryRow>> {
  const sort = {
    columns: [
      { sql: `"receivedAt"`, type: "instant" },
      { sql: "id", type: "text" },
    ],
    direction,
  } as const;
  const keyOf = ({ receivedAt, id }: CacheEntryRow) => [receivedAt.toISOString(), id];
  return loadListPage({ sort, at, limit, keyOf }, async (page) => {
    const { and, values } = askedConditions(
      [shop, page.limit],
      [...searchConditions(kind, search), ...page.conditions],
    );
    const { rows } = await db.query<CacheEntryRow>(
      `SELECT ${cacheEntryColumns(kind)} FROM "${cacheTables[kind].table}" WHERE shop = $1${and}
       ORDER BY ${page.orderBy} LIMIT $2`,
      values,
    );
    return rows;
  });
}

/** Columns in which a part of what was typed is enough. */
const SEARCHED: Record<QueuedKind, readonly string[]> = {
  order: [`"orderNumber"`],
  product: ["title", "handle"],
  customer: [],
  inventory: [],
};
/** Columns in which it must stand whole. */
const IDS: Record<QueuedKind, readonly string[]> = {
  order: ["id"],
  product: ["id"],
  customer: ["id"],
  inventory: ["id", `"shopifyInventoryItemId"`, `"shopifyLocationId"`],
};

/** Shopify's id, of a level both: it is looked for along its index, and in no title or number. */
const WHOLE_ID = /^\d{12,20}(@\d{1,20})?$/;

function searchConditions(kind: QueuedKind, search: CacheSearch): Condition[] {
  const { statuses = [], codes = [], sources = [], receivedFrom, receivedUntil } = search;
  const words = search.search === "" ? undefined : search.search;
  const pattern = words && `%${words.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const searched = words !== undefined && WHOLE_ID.test(words) ? [] : SEARCHED[kind];
  const isFound = [
    ...searched.map((column) => `${column} ILIKE ?`),
    ...IDS[kind].map((column) => `${column} = ?`),
  ];
  const status = (one: EntryStatus | "toFetch") =>
    one === "toFetch" ? `("needsFetch" IS NOT NULL ${unlessGone(kind)})` : isOfStatus[one];
  return [
    [`(${isFound.join(" OR ")})`, ...searched.map(() => pattern), ...IDS[kind].map(() => words)],
    ...(statuses.length === 0 ? [] : [[`(${statuses.map(status).join(" OR ")})`] satisfies Condition]),
    [`"errorCode" = ANY(?)`, codes.length === 0 ? undefined : codes],
    ["source = ANY(?)", sources.length === 0 ? undefined : sources],
    [`"receivedAt" >= ?`, receivedFrom],
    [`"receivedAt" < ?`, receivedUntil],
  ];
}
