import type { Db } from "#app/lib/db.server.ts";
import { namedInBody } from "#app/cache/named-ids.ts";
import { newsWish } from "#app/cache/news-wish.ts";
import { wishFor } from "#app/cache/wish-for.server.ts";
import type { PersonPatterns } from "#app/shopify/codecs/person-pattern.ts";
import type { Person } from "./person.ts";
import { readPrivacyBody, idsOnly } from "./read-privacy-body.ts";

/**
 * Bodies of deliveries that name the person or one of their orders. What was still to be handled of an order, theirs or
 * of somebody with the same address, is not lost: the order is fetched. A request about the person keeps its ids, by which it can be handled again.
 * @returns how many deliveries were emptied
 */
export async function forgetDeliveries(
  tx: Db,
  { shop, customerIds, orderIds }: Person,
  { patterns: { telling }, now }: { patterns: PersonPatterns; now: Date },
): Promise<number> {
  const ids = `(?<![0-9])(${[...customerIds, ...orderIds].join("|")})(?![0-9])`;
  const { rows } = await tx.query<{ webhookId: string; topic: string; body: Buffer; waits: boolean }>(
    `SELECT "webhookId", topic, body, "processedAt" IS NULL AND "quarantinedAt" IS NULL AS waits FROM "WebhookDelivery"
     WHERE shop = $1 AND body IS NOT NULL AND topic NOT IN ('orders/delete', 'shop/redact')
       AND (encode(body, 'escape') ~ $2 OR encode(body, 'escape') ~* $3) ORDER BY "webhookId" FOR UPDATE`,
    [shop, ids, telling ?? ids],
  );
  const left = rows.map((row) => ({ ...row, left: bodyLeft(row.topic, row.body) }));
  const changed = left.filter((row) => row.left?.equals(row.body) !== true);
  await tx.query(
    `UPDATE "WebhookDelivery" d SET body = u.body, "errorCode" = NULL, error = NULL,
       outcome = CASE WHEN u.body IS NULL THEN 'redacted' ELSE outcome END
     FROM unnest($2::text[], $3::bytea[]) AS u(id, body) WHERE d.shop = $1 AND d."webhookId" = u.id`,
    [shop, changed.map(({ webhookId }) => webhookId), changed.map((row) => row.left)],
  );
  const told = changed.filter(({ waits, left: kept }) => waits && kept === null);
  const wishes = told.flatMap(({ topic, body }) =>
    namedInBody(topic, body.toString("utf8")).orders.map((id) => ({ id, reason: newsWish(topic), at: now })),
  );
  await wishFor(tx, { shop, kind: "order", wishes });
  const { rowCount } = await tx.query(
    `UPDATE "WebhookDelivery" SET "recordId" = NULL, "contentHash" = NULL
     WHERE shop = $1 AND kind = 'customer' AND "recordId" = ANY($2)`,
    [shop, customerIds],
  );
  return changed.length + (rowCount ?? 0);
}

/** Null where nothing is to be left. */
function bodyLeft(topic: string, body: Buffer): Buffer | null {
  const request = readPrivacyBody(topic, body);
  return request === null ? null : Buffer.from(idsOnly(request));
}
