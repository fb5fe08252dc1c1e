import { askedConditions } from "#app/lib/asked-conditions.ts";
import type { Db } from "#app/lib/db.server.ts";
import { loadListPage, type ListAt, type ListPage, type ListSort } from "#app/lib/list-page.ts";
import { selectList } from "#app/lib/select-list.ts";
import type { IntentKind, OutboxStatus } from "./outbox-intent.ts";

/** One intent as its row has it; times ISO. */
export type IntentRow = {
  id: string;
  kind: IntentKind;
  entity: "order" | "stock";
  entityId: string;
  payload: unknown;
  status: OutboxStatus;
  attempts: number;
  /** When it is tried again by itself. */
  nextRetryAt: string | null;
  /** Both sides in words, where they differ: `{ erp, shopify, next }`. */
  conflict: unknown;
  errorCode: string | null;
  error: string | null;
  /** What is known of what came of it: `{ said, fulfillmentIds, … }`. */
  answer: unknown;
  actor: string;
  createdAt: string;
  sentAt: string | null;
};

export type IntentFilter = {
  statuses?: readonly OutboxStatus[] | undefined;
  kinds?: readonly IntentKind[] | undefined;
  /** Shopify's id of an order. */
  orderId?: string | undefined;
  /** Whether its parcel names the location it left from. */
  namesLocation?: boolean | undefined;
};

const byCreation = [
  { sql: `o."createdAt"`, type: "instant" },
  { sql: "o.id", type: "text" },
] as const;

const columns = selectList(
  "o",
  [
    ...["id", "kind", "entity", "entityId", "payload", "status", "attempts", "nextRetryAt", "conflict"],
    ...["errorCode", "error", "answer", "actor", "createdAt", "sentAt"],
  ],
  { instants: ["nextRetryAt", "createdAt", "sentAt"], amounts: [] },
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
