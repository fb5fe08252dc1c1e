import { askedConditions } from "#app/lib/asked-conditions.ts";
import type { Db } from "#app/lib/db.server.ts";
import { loadListPage, type ListAt, type ListPage, type ListSort } from "#app/lib/list-page.ts";
import { selectList } from "#app/lib/select-list.ts";
import type { IntentRow } from "./intent-row.ts";
import type { IntentKind, OutboxStatus } from "./outbox-intent.ts";

export type IntentFilter = {
  statuses?: readonly OutboxStatus[] | undefined;
  kinds?: readonly IntentKind[] | undefined;
  /** Shopify's id of an order. */
  orderId?: string | undefined;
  /** Whether its parcel names the location it left from. */
  namesLocation?: boolean | undefined;
  /** One intent. */
  id?: string | undefined;
  /** Of these records, whichever entity they are. */
  entityIds?: readonly string[] | undefined;
};

const byCreation = [
  { sql: `o."createdAt"`, type: "instant" },
  { sql: "o.id", type: "text" },
] as const;

const columns = selectList(
  "o",
  [
    ...["id", "kind", "entity", "entityId", "payload", "status", "attempts", "nextRetryAt"],
    ...["leasedUntil", "conflict", "errorCode", "error", "answer", "actor", "createdAt", "sentAt", "endedAt"],
  ],
  { instants: ["nextRetryAt", "leasedUntil", "createdAt", "sentAt", "endedAt"], amounts: [] },
);

/** One page of what a shop's ERP wished in Shopify, newest first unless `sort` is "created asc". */
export async function listIntents(
  db: Db,
  {
    shop,
    statuses,
    kinds,
    orderId,
    namesLocation,
    id,
    entityIds,
    sort: sortedBy = "created desc",
    at = null,
    limit,
  }: { shop: string; sort?: string; at?: ListAt; limit: number } & IntentFilter,
): Promise<ListPage<IntentRow>> {
  const sort: ListSort = { columns: byCreation, direction: sortedBy === "created asc" ? "asc" : "desc" };
  return loadListPage(
    { sort, at, limit, keyOf: (row: IntentRow) => [row.createdAt, row.id] },
    async (page) => {
      const { and, values } = askedConditions(
        [shop, page.limit],
        [
          [`o.status = any(?)`, statuses?.length ? statuses : undefined],
          [`o.kind = any(?)`, kinds?.length ? kinds : undefined],
          [`o.entity = 'order' and o."entityId" = ?`, orderId],
          [`(o.payload->>'locationId' is not null) = ?`, namesLocation],
          [`o.id = ?`, id],
          // Both entities are named, so that the index of records is used.
          [`o.entity in ('order', 'stock') and o."entityId" = any(?)`, entityIds],
          ...page.conditions,
        ],
      );
      const { rows } = await db.query<IntentRow>(
        `select ${columns} from "Outbox" o where o.shop = $1${and} order by ${page.orderBy} limit $2`,
        values,
      );
      return rows;
    },
  );
}
