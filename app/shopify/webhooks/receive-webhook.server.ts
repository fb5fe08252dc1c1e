import type { Pool } from "pg";
import type { Logger } from "pino";

import { errorCatalogue } from "#app/lib/errors.ts";
import type { ErrorCode } from "#app/lib/errors.ts";
import { isDatabaseDown } from "#app/lib/is-database-down.ts";
import type { WebhookSecret } from "#app/lib/parse-env.ts";

import { mayTell } from "./may-tell.ts";
import { notifyBulkFinished } from "./notify-bulk-finished.server.ts";
import { notifyCachePending } from "./notify-cache-pending.server.ts";
import { readDelivery } from "./read-delivery.ts";
import { readEnvelope, shopifyHeader } from "./read-envelope.ts";
import type { WebhookEnvelope } from "./read-envelope.ts";
import { readLimitedBody } from "./read-limited-body.server.ts";
import type { WebhookRoute } from "./topics.ts";
import { signersOf } from "./signers-of.server.ts";
import type { DeliveryOutcome, NoteAnswer, StoreDelivery } from "./webhook-delivery.ts";

/** What receiving needs: the app's context, and the door into the cache (one module further right). */
export type WebhookContext = {
  /** Null: Shopify is not configured. The secrets are all that may sign: the app's, its former, one store's own. */
  env: { shopify: { webhookSecrets: readonly WebhookSecret[] } | null };
  database: { pool: Pool };
  now: () => Date;
  log: Pick<Logger, "warn" | "error">;
  storeDelivery: StoreDelivery;
  noteAnswer: NoteAnswer;
};

/** Ten times what Shopify is known to send. */
const largestBodyBytes = 10 * 1024 * 1024;

/**
 * Answers a delivery of Shopify's: verifies it over the raw bytes, stores it, says 200. Nothing is processed here,
 * no network and no token is touched, so the answer waits for one transaction only (Shopify gives up after 5 s).
 *
 * 200 stored, or known already, or stored with the problem why it cannot be read · 405 not a POST · 503 no secret
 * is configured · 413 over 10 MB · 401 not signed by any of our secrets that counts for this shop and topic · 400 a required header is missing ·
 * 500 it could not be stored, so Shopify must send it again.
 */
export async function receiveWebhook(
  request: Request,
  context: WebhookContext,
  route: WebhookRoute,
): Promise<Response> {
  const { log } = context;
  const secrets = context.env.shopify?.webhookSecrets ?? [];
  if (request.method !== "POST")
    return refuse(405, "VALIDATION", "A webhook is a POST", { ...bodyUnread, Allow: "POST" });
  if (secrets.length === 0) {
    log.error({ route }, "a webhook came, but no secret is configured to verify it with");
    return refuse(503, "SHOPIFY_NOT_CONFIGURED", undefined, bodyUnread);
  }

  const body = await readLimitedBody(request, largestBodyBytes);
  if (body === null) {
    log.warn({ route }, "a webhook over 10 MB was refused");
    return refuse(413, "VALIDATION", "The body is larger than 10 MB", bodyUnread);
  }

  const signature = shopifyHeader(request.headers, "hmac-sha256");
  const signers = signature === null ? [] : signersOf(body, signature, secrets);
  if (signers.length === 0) {
    log.warn({ route, signed: signature !== null }, "a webhook was refused: HMAC verification failed");
    return refuse(401, "HMAC_FAILED");
  }

  const envelope = readEnvelope(request.headers);
  if ("missing" in envelope) {
    log.warn({ route, missing: envelope.missing }, "a signed webhook lacks headers");
    return refuse(400, "VALIDATION", `Missing or not valid: ${envelope.missing.join(", ")}`);
  }
  if (!signers.some((signer) => mayTell(signer, envelope))) {
    const { shop, topic } = envelope;
    log.warn(
      { route, shop, topic },
      "a webhook was refused: its secret does not count for this shop or topic",
    );
    return refuse(401, "HMAC_FAILED");
  }
  return await store(envelope, body, context, route);
}

async function store(
  envelope: WebhookEnvelope,
  body: Buffer,
  context: WebhookContext,
  route: WebhookRoute,
): Promise<Response> {
  const { shop, topic, webhookId } = envelope;
  const about = { shop, topic, webhookId, route };
  const { delivery, bulkOperation } = readDelivery(envelope, body, context.now());
  if (delivery.problem !== undefined)
    context.log.warn(
      { ...about, problem: delivery.problem.message },
      "a webhook is kept, but cannot be read",
    );

  let outcome: DeliveryOutcome;
  try {
    outcome = await context.storeDelivery(context.database.pool, delivery);
  } catch (err) {
    context.log.error({ ...about, err }, "a webhook could not be stored; Shopify will send it again");
    return refuse(500, isDatabaseDown(err) ? "DATABASE_DOWN" : "INTERNAL");
  }

  if (outcome === "stored" || outcome === "news") notifyCachePending(context.database.pool, context.log);
  if (outcome !== "duplicate" && bulkOperation !== null) {
    notifyBulkFinished(context.database.pool, { shop, gid: bulkOperation }).catch((err: unknown) => {
      context.log.warn({ ...about, err }, "the poller was not woken; it polls by itself");
    });
  }
  context.noteAnswer(context.database.pool, context.log, { shop, webhookId, at: context.now() });
  return new Response(null, { status: 200 });
}

/** What is left of the body stands in the way of the next request on the connection. */
const bodyUnread = { Connection: "close" };

/** A refusal in the form of every error of the API; its words never quote what came. */
function refuse(
  status: number,
  code: ErrorCode,
  message?: string,
  headers?: Record<string, string>,
): Response {
  const { words, next } = errorCatalogue[code];
  return Response.json({ error: { code, message: message ?? words, next } }, { status, headers });
}
