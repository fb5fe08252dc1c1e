import type { Pool } from "pg";
import { inTransaction } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { recordAudit } from "#app/lib/record-audit.server.ts";
import { exportCustomer } from "./export-customer.server.ts";
import type { Counts } from "./person.ts";
import { dropExpiredExports, finishPrivacyRequest, recordPrivacyRequest } from "./privacy-requests.server.ts";
import { readPrivacyBody, type PrivacyBody } from "./read-privacy-body.ts";
import { redactCustomer } from "./redact-customer.server.ts";
import { redactShop } from "./redact-shop.server.ts";

export type PrivacyNews = {
  shop: string;
  /** customers/data_request, customers/redact or shop/redact. */
  topic: string;
  body: Uint8Array;
  receivedAt: Date;
  now: Date;
};

/**
 * Carries out one of Shopify's three requests about personal data and remembers that it was asked and done. The same again
 * changes nothing; what was killed is finished by calling it again.
 * @returns whether anything was reached that it had not reached before
 * @throws AppError PAYLOAD_UNREADABLE for a body that is none of them
 */
export async function handlePrivacyTopic(pool: Pool, news: PrivacyNews): Promise<{ isNew: boolean }> {
  const { shop, topic, receivedAt, now } = news;
  const request = readPrivacyBody(topic, news.body);
  if (request === null)
    throw new AppError(
      "PAYLOAD_UNREADABLE",
      "The request about personal data names no customer that can be read",
    );
  const row = await inTransaction(pool, (tx) => recordPrivacyRequest(tx, { shop, request, receivedAt, now }));
  await dropExpiredExports(pool, { shop, now });
  // Data is exported once: what was downloaded stays what it was.
  if (row.isDone && request.kind === "data_request") return { isNew: false };
  const reached = await carryOut(pool, news, request, row.id);
  const isNew = !row.isDone || (reached !== null && Object.keys(reached).length > 0);
  if (!isNew) return { isNew };
  const counts = reached ?? ({ installedAgain: true } as const);
  await inTransaction(pool, async (tx) => {
    await finishPrivacyRequest(tx, { shop, id: row.id, counts, now });
    await recordAudit(tx, {
      ...{ shop, now, actor: "shopify", action: `privacy.${request.kind}`, target: row.id },
      details: { counts },
    });
  });
  return { isNew };
}

/** @returns null where a shop has the app again, so that nothing is to be forgotten */
function carryOut(
  pool: Pool,
  { shop, now }: PrivacyNews,
  request: PrivacyBody,
  requestId: string,
): Promise<Counts | null> {
  if (request.kind === "shop_redact") return redactShop(pool, { shop, now });
  const { customerId, email, phone, orderIds } = request;
  return request.kind === "customer_redact"
    ? redactCustomer(pool, { shop, customerId, email, phone, orderIds, now })
    : exportCustomer(pool, { shop, customerId, orderIds, requestId, now });
}
