import type { Pool } from "pg";
import { inTransaction } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { recordAudit } from "#app/lib/record-audit.server.ts";
import { exportCustomer } from "./export-customer.server.ts";
import type { Counts } from "./person.ts";
import { dropExpiredExports, finishPrivacyRequest, recordPrivacyRequest } from "./privacy-requests.server.ts";
import { readPrivacyBody, type PrivacyBody } from "#app/shopify/webhooks/read-privacy-body.ts";
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

/** Ends a shop as its uninstall does, where that was never told and nothing proves that the shop has the app again. */
export type EndShop = (request: { shop: string; requestedAt: Date; now: Date }) => Promise<void>;

/**
 * Carries out one of Shopify's three requests about personal data and remembers that it was asked and done. The same again
 * changes nothing; what was killed is finished by calling it again.
 * @param endShop called before a shop is forgotten; where it throws, the request stays open
 * @returns whether anything was reached that it had not reached before
 * @throws AppError PAYLOAD_UNREADABLE for a body that is none of them
 */
export async function handlePrivacyTopic(
  pool: Pool,
  news: PrivacyNews,
  endShop: EndShop = () => Promise.resolve(),
): Promise<{ isNew: boolean }> {
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
  if (request.kind === "shop_redact") await endShop({ shop, requestedAt: receivedAt, now });
  const { counts, installedAgainAt } = await carryOut(pool, news, request, row.id);
  const isNew = !row.isDone || Object.keys(counts).length > 0;
  if (!isNew) return { isNew };
  await inTransaction(pool, async (tx) => {
    await finishPrivacyRequest(tx, { shop, id: row.id, counts, installedAgainAt, now });
    await recordAudit(tx, {
      ...{ shop, now, actor: "shopify", action: `privacy.${request.kind}`, target: row.id },
      details: { counts, ...(installedAgainAt && { installedAgainAt }) },
    });
  });
  return { isNew };
}

/** Rows reached by table; of a shop that has the app again none, and since when it has it. */
async function carryOut(
  pool: Pool,
  { shop, now }: PrivacyNews,
  request: PrivacyBody,
  requestId: string,
): Promise<{ counts: Counts; installedAgainAt: Date | null }> {
  if (request.kind === "shop_redact") return redactShop(pool, { shop, now });
  const { customerId, email, phone, orderIds } = request;
  const counts =
    request.kind === "customer_redact"
      ? await redactCustomer(pool, { shop, customerId, email, phone, orderIds, now })
      : await exportCustomer(pool, { shop, customerId, orderIds, requestId, now });
  return { counts, installedAgainAt: null };
}
