import type { Db } from "#app/lib/db.server.ts";
import { forgetFulfillmentOrderPerson, forgetOrderPerson } from "#app/shopify/codecs/forget-order-person.ts";
import { idsOnly, readPrivacyBody } from "#app/shopify/webhooks/read-privacy-body.ts";
import type { CacheKind } from "./cache-tables.ts";
import { customersOfOrder, namedInBody } from "./named-ids.ts";
import type { IncomingPayload } from "./payload.ts";
import { newsWish } from "./news-wish.ts";
import { wishFor } from "./wish-for.server.ts";
import { findForgotten, hasTombstones, setTombstones } from "./tombstones.server.ts";

/**
 * Law 12 at the door: what comes late does not bring back whom the shop has forgotten. An order of theirs comes in without
 * its person, a customer not at all; nothing comes in for a shop that is itself forgotten and has not come back.
 */
export async function withoutForgotten(
  tx: Db,
  {
    shop,
    kind,
    payloads,
    now,
  }: { shop: string; kind: CacheKind; payloads: readonly IncomingPayload[]; now: Date },
): Promise<readonly IncomingPayload[]> {
  if (!(await hasTombstones(tx, { shop }))) return payloads;
  const told = payloads.map((payload) => ({ payload, ...whom(kind, payload) }));
  const forgotten = await findForgotten(tx, {
    shop,
    named: {
      orders: told.flatMap(({ order }) => order ?? []),
      customers: told.flatMap(({ customers }) => customers),
    },
  });
  if (forgotten.shop) return [];
  const isForgotten = ({ order, customers }: (typeof told)[number]) =>
    (order !== null && forgotten.orders.has(order)) || customers.some((id) => forgotten.customers.has(id));
  // Another payload of the same order need not name its customer.
  const late = told.filter((one) => kind === "order" && isForgotten(one));
  const ids = late.map(({ payload }) => payload.id).filter((id) => !forgotten.orders.has(id));
  await setTombstones(tx, { shop, kind: "order", ids, now });
  return told.flatMap((one) => (isForgotten(one) ? withoutPerson(kind, one.payload) : one.payload));
}

/** Whose payload it is, as far as it says. */
function whom(
  kind: CacheKind,
  { id, shape, raw, header }: IncomingPayload,
): { order: string | null; customers: string[] } {
  if (kind === "customer") return { order: null, customers: [id] };
  if (kind === "order") return { order: id, customers: customersOfOrder(shape, asciiOf(shape, raw)) };
  return { order: kind === "fulfillment_order" ? (header?.["orderId"] ?? null) : null, customers: [] };
}

function withoutPerson(kind: CacheKind, payload: IncomingPayload): IncomingPayload[] {
  const { id, shape } = payload;
  const text = textOf(payload.raw);
  if (kind === "order") return [{ ...payload, raw: forgetOrderPerson(shape, text, { id }) }];
  if (kind === "fulfillment_order") return [{ ...payload, raw: forgetFulfillmentOrderPerson(text, { id }) }];
  return [];
}

function textOf(raw: string | Buffer): string {
  return typeof raw === "string" ? raw : raw.toString("utf8");
}

/** Gids are ASCII: of a large file's nodes nothing more is decoded. */
function asciiOf(shape: IncomingPayload["shape"], raw: string | Buffer): string {
  return typeof raw === "string" ? raw : raw.toString(shape === "rest" ? "utf8" : "latin1");
}

/**
 * The same for a record that is put aside in the delivery log: it waits there without its person, for the log may hold the only
 * copy of an order there is.
 * @returns whether nothing of it is left
 */
export async function forgetPutAside(
  tx: Db,
  {
    shop,
    webhookId,
    kind,
    payload,
    now,
  }: { shop: string; webhookId: string; kind: CacheKind; payload: IncomingPayload; now: Date },
): Promise<boolean> {
  const [left] = await withoutForgotten(tx, { shop, kind, payloads: [payload], now });
  if (left === undefined) await markRedacted(tx, { shop, webhookId });
  else if (left !== payload) await replaceBody(tx, { shop, webhookId, body: Buffer.from(textOf(left.raw)) });
  return left === undefined;
}

/** What must be heard even of the forgotten. */
const ALWAYS_HEARD = new Set(["orders/delete", "customers/data_request", "customers/redact", "shop/redact"]);

/**
 * A delivery whose body is no record of its own, and is about somebody forgotten: its body is not kept. What it tells of an
 * order's goods or money is not lost: the order is marked to be fetched, and comes in without its person. Of a request for
 * their data the ids are kept, which is all it takes to answer it.
 * @returns whether nothing of it is left
 */
export async function forgetNews(
  tx: Db,
  {
    shop,
    webhookId,
    topic,
    body,
    now,
  }: { shop: string; webhookId: string; topic: string; body: Buffer; now: Date },
): Promise<boolean> {
  if (topic === "shop/redact" || !(await hasTombstones(tx, { shop }))) return false;
  const {
    shop: isGone,
    orders,
    customers,
  } = await findForgotten(tx, {
    shop,
    named: namedInBody(topic, body.toString("utf8")),
  });
  if (!isGone && orders.size + customers.size === 0) return false;
  if (!isGone && topic === "customers/data_request") {
    const request = readPrivacyBody(topic, body);
    const left = request === null ? "{}" : idsOnly(request);
    await replaceBody(tx, { shop, webhookId, body: Buffer.from(left) });
  }
  if (!isGone && ALWAYS_HEARD.has(topic)) return false;
  await markRedacted(tx, { shop, webhookId });
  if (isGone) return true;
  const wishes = [...orders].map((id) => ({ id, reason: newsWish(topic), at: now }));
  await wishFor(tx, { shop, kind: "order", wishes });
  return true;
}

async function replaceBody(
  tx: Db,
  { shop, webhookId, body }: { shop: string; webhookId: string; body: Buffer },
): Promise<void> {
  await tx.query(`UPDATE "WebhookDelivery" SET body = $3 WHERE shop = $1 AND "webhookId" = $2`, [
    ...[shop, webhookId, body],
  ]);
}

/** Of a delivery about somebody forgotten it stays known that it came, and nothing else. */
export async function markRedacted(
  tx: Db,
  { shop, webhookId }: { shop: string; webhookId: string },
): Promise<void> {
  await tx.query(
    `UPDATE "WebhookDelivery" SET outcome = 'redacted', "recordId" = NULL, "contentHash" = NULL, "errorCode" = NULL,
       error = NULL, body = NULL WHERE shop = $1 AND "webhookId" = $2`,
    [shop, webhookId],
  );
}
