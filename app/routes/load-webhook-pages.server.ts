import { deliveryStates } from "#app/cache/delivery-state.ts";
import { listDeliveryLog, type DeliveryLogFilter } from "#app/cache/list-delivery-log.server.ts";
import { loadDelivery, loadDeliveryBody } from "#app/cache/load-delivery.server.ts";
import { readCursorText } from "#app/lib/cursor.ts";
import { daysToInstants } from "#app/lib/days-to-instants.ts";
import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import type { ListAt } from "#app/lib/list-page.ts";
import { readableBytes } from "#app/lib/readable-bytes.ts";
import { webhookTopics } from "#app/shopify/webhooks/topics.ts";
import { findEchoes } from "#app/outbox/find-echoes.server.ts";
import { deliveryKinds } from "#app/ui/delivery-words.ts";
import type { DeliveryBodyView, DeliveryDetailView, NewerDeliveries } from "#app/ui/webhook-pages-view.ts";

import { readListQuery } from "./read-list-query.ts";
import { viewDeliveryDetail } from "./view-delivery.ts";

const COUNTED = 99;
const BODY_SHOWN = 64_000;

export type DeliveriesQuery = {
  filter: DeliveryLogFilter;
  newestFirst: boolean;
  at: ListAt;
  ignored: string[];
};

/** What the delivery log is asked, by its page's address or its export's. */
export function readDeliveriesQuery(request: Pick<Request, "url">, timeZone: string): DeliveriesQuery {
  const { search, choices, days, sort, at, ignored } = readListQuery(request, {
    choices: { topic: [...webhookTopics.keys()], outcome: deliveryStates, kind: deliveryKinds },
    days: ["received"],
    sorts: ["received desc", "received asc"],
  });
  const filter = {
    search: search === "" ? undefined : search,
    ...{ topics: choices.topic, kinds: choices.kind, states: choices.outcome },
    ...daysToInstants(days.received ?? {}, timeZone),
  };
  return { filter, newestFirst: sort === "received desc", at, ignored };
}

/** How many deliveries, of those asked for, have come since the one at a position (a cursor of the list). */
export async function countNewer(
  db: Db,
  { shop, filter, since }: { shop: string; filter: DeliveryLogFilter; since: string },
): Promise<NewerDeliveries> {
  const at: ListAt = { side: "after", key: readPosition(since) };
  const { rows, next } = await listDeliveryLog(db, { shop, filter, newestFirst: false, at, limit: COUNTED });
  return { count: rows.length, isMore: next !== null };
}

function readPosition(cursor: string): string[] {
  try {
    const key = readCursorText(cursor);
    if (Array.isArray(key) && key.every((part) => typeof part === "string" && !part.includes("\0")))
      return key as string[];
  } catch {
    // As below.
  }
  throw new AppError("VALIDATION", "This list does not know that position: reload the page.");
}

/**
 * One delivery.
 * @throws AppError NOT_FOUND
 */
export async function loadDeliveryView(
  db: Db,
  { shop, id }: { shop: string; id: string },
): Promise<DeliveryDetailView> {
  const row = await loadDelivery(db, { shop, webhookId: id });
  if (row === null)
    throw new AppError(
      "NOT_FOUND",
      "The log has no such webhook: it never came, or it is older than webhooks are kept for.",
    );
  return viewDeliveryDetail(row, await findEchoes(db, { shop, webhookIds: [id] }));
}

/** What a delivery brought, as far as it is shown; null where nothing of it is kept. */
export async function loadBodyView(
  db: Db,
  { shop, id, size }: { shop: string; id: string; size: number | null },
): Promise<DeliveryBodyView | null> {
  if (size === null) return null;
  const bytes = await loadDeliveryBody(db, { shop, webhookId: id, most: BODY_SHOWN });
  if (bytes === null) return null;
  return { ...readableBytes(bytes, bytes.length >= size), shown: bytes.length, size };
}
