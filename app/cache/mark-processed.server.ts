import type { PoolClient } from "pg";
import { cacheTables, type QueuedKind } from "./cache-tables.ts";
import { nextRetry } from "./retry-schedule.ts";
import { wishUnless } from "./wish-columns.ts";

export type DoneEntry = {
  id: string;
  outcome: "created" | "updated" | "unchanged";
  /** For orders: what the entry shows of the rules' result. */
  paymentMethod?: string;
  gatewaysSeen?: readonly string[];
  /** Why Shopify has to be asked for more of it; null clears the wish, unless it is for news. */
  needsFetch?: string | null;
};
export type FailedEntry = { id: string; code: string; text: string; retry: boolean; attempts: number };

/** ASCII's own separator of units: in no gateway's name. */
export const UNIT_SEPARATOR = "\u001f";

/** Marks claimed entries inside the transaction that holds them. */
export async function markProcessed(
  tx: PoolClient,
  options: {
    shop: string;
    kind: QueuedKind;
    now: Date;
    done: readonly DoneEntry[];
    failed: readonly FailedEntry[];
  },
): Promise<void> {
  const { shop, kind, now, done, failed } = options;
  const { table } = cacheTables[kind];
  const cleared = `"processedAt" = $2, "errorCode" = NULL, "processingError" = NULL, attempts = 0, "nextRetryAt" = NULL, "quarantinedAt" = NULL,
    untold = NULL`;
  if (done.length > 0 && kind === "order")
    await tx.query({
      name: "mark-orders-processed",
      text: `UPDATE "${table}" c SET ${cleared}, "paymentMethod" = u.method,
          ${wishUnless(`u.ask IS NULL AND c."newsAt" IS NULL`, `coalesce(u.ask, c."needsFetch")`)}, "gatewaysSeen" =
          CASE WHEN u.gateways = '' THEN c."gatewaysSeen" ELSE string_to_array(u.gateways, E'\\x1f') END
        FROM unnest($3::text[], $4::text[], $5::text[], $6::text[]) AS u(id, method, gateways, ask) WHERE c.shop = $1 AND c.id = u.id`,
      values: [
        shop,
        now,
        done.map((entry) => entry.id),
        done.map((entry) => entry.paymentMethod ?? null),
        done.map((entry) => (entry.gatewaysSeen ?? []).join(UNIT_SEPARATOR)),
        done.map((entry) => entry.needsFetch ?? null),
      ],
    });
  else if (done.length > 0)
    await tx.query({
      name: `mark-processed-${kind}`,
      text: `UPDATE "${table}" c SET ${cleared} WHERE c.shop = $1 AND c.id = ANY($3)`,
      values: [shop, now, done.map((entry) => entry.id)],
    });
  if (done.length > 0) await markDeliveries(tx, { shop, kind, now, ids: done.map(({ id }) => id) });
  if (failed.length === 0) return;
  const tries = failed.map((entry) => ({ ...entry, attempts: entry.attempts + 1 }));
  const due = tries.map((entry) => (entry.retry ? nextRetry(entry.attempts, now) : null));
  await tx.query(
    `UPDATE "${table}" c SET "errorCode" = u.code, "processingError" = u.text, attempts = u.attempts,
       "nextRetryAt" = u.due, "quarantinedAt" = CASE WHEN u.due IS NULL THEN $2::timestamptz END
     FROM unnest($3::text[], $4::text[], $5::text[], $6::int[], $7::timestamptz[]) AS u(id, code, text, attempts, due)
     WHERE c.shop = $1 AND c.id = u.id`,
    [
      shop,
      now,
      tries.map((e) => e.id),
      tries.map((e) => e.code),
      tries.map((e) => e.text),
      tries.map((e) => e.attempts),
      due,
    ],
  );
}

/**
 * Deliveries that brought these records have reached the ERP: the delivery log says when. Locked in the order of their ids, as by
 * whoever notes their answers. No join: a plan kept from when the log was short would read all of a long one for every delivery.
 */
async function markDeliveries(
  tx: PoolClient,
  { shop, kind, now, ids }: { shop: string; kind: QueuedKind; now: Date; ids: readonly string[] },
): Promise<void> {
  await tx.query({
    name: "mark-deliveries-processed",
    text: `UPDATE "WebhookDelivery" SET "processedAt" = $3 WHERE shop = $1 AND "webhookId" = ANY(ARRAY(
        SELECT "webhookId" FROM "WebhookDelivery"
        WHERE shop = $1 AND kind = $2 AND "recordId" = ANY($4) AND "processedAt" IS NULL AND outcome <> 'news'
        ORDER BY "webhookId" FOR UPDATE))`,
    values: [shop, kind, now, ids],
  });
}
