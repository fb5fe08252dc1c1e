import type { Pool, PoolClient } from "pg";
import { wishFor } from "#app/cache/wish-for.server.ts";
import { lockOrderEntry } from "#app/erp/actions/perform-order-action.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import { recordAudit } from "#app/lib/record-audit.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { factsOfSending } from "./facts-of-sending.ts";
import { learnFacts } from "./learn-facts.server.ts";
import { readProgress } from "./read-progress.ts";
import { JOB_TAKES_MS } from "./still-at-work.ts";
import { LEASE_MS } from "#app/outbox/claim-intents.server.ts";
import { notifyOutbox } from "#app/outbox/notify-outbox.server.ts";
import { intentPayloads, type IntentKind, type OutboxStatus } from "#app/outbox/outbox-intent.ts";
import type { Settlement } from "#app/outbox/settlements.ts";

/** What a person says, in whose shop, of which intent, and when. */
type Word = { shop: string; id: string; decision: Settlement; actor: string; now: Date };

type Intent = {
  status: OutboxStatus;
  entityId: string;
  kind: IntentKind;
  payload: unknown;
  answer: unknown;
  isLeased: boolean;
};

/**
 * A person's word on an intent that waits, was refused, or where the two sides differ. The later ones of its order then go on. Of a
 * payment that Shopify was not told of it can still be said later.
 * @throws AppError NOT_FOUND for an unknown id; ACTION_NOT_ALLOWED where it is done already, is being sent just now (of what is not to be
 * sent again also where Shopify may still be at work on a try that was not answered), or is no payment
 */
export async function settleIntent(pool: Pool, word: Word): Promise<{ words: string }> {
  const { shop, id, decision, actor, now } = word;
  return inRepeatedTransaction(pool, async (tx) => {
    // The order before its outbox: as actions take them.
    const told = decision === "booked" ? await holdOrder(tx, word) : null;
    const intent = await holdIntent(tx, word);
    expectUndone(intent, decision);
    const isLookedAt = decision === "drop" && (await mayHaveCome(tx, word, intent));
    if (decision === "booked") {
      const payload = readPayment(intent);
      await end(tx, word, "already", "It is booked in Shopify, as a person said.");
      if (told !== null) await learnBooked(tx, word, { entry: told, payload, answer: intent.answer });
    } else if (decision === "send_again") await waitAgain(tx, word);
    else if (isLookedAt) await lookFirst(tx, word);
    else await end(tx, word, "dropped", null);
    await recordAudit(tx, {
      ...{ shop, actor, now, action: `outbox.${decision}`, target: intent.entityId },
      details: { id, kind: intent.kind, was: intent.status },
    });
    await notifyOutbox(tx);
    return { words: isLookedAt ? LOOKED_AT : WORDS[decision] };
  });
}

const WORDS: Readonly<Record<Settlement, string>> = {
  send_again: "It will be sent again",
  drop: "It will not be sent",
  booked: "It is known to be booked in Shopify",
};

const LOOKED_AT =
  "It will not be sent. A try of it was never answered, so Shopify is asked what came of that";

/**
 * Whether a try of it left and was never answered, and a worker will look: what it made would else be nobody's. Of a kind that is off
 * nothing is asked.
 */
async function mayHaveCome(tx: PoolClient, { shop }: Word, { kind, answer }: Intent): Promise<boolean> {
  if (kind === "inventorySet" || readProgress(answer).unsure !== true) return false;
  const { writeBack } = await loadSettings(tx, { shop });
  return writeBack[kind];
}

/** A person does not want it any more; it ends once it is known what came of what left. */
async function lookFirst(tx: PoolClient, word: Word): Promise<void> {
  await waitAgain(tx, word);
  await tx.query(`UPDATE "Outbox" SET answer = answer || '{"unwanted": true}' WHERE shop = $1 AND id = $2`, [
    word.shop,
    word.id,
  ]);
}

async function holdOrder(tx: PoolClient, { shop, id }: Word) {
  const { rows } = await tx.query<{ orderId: string }>(
    `SELECT "entityId" AS "orderId" FROM "Outbox" WHERE shop = $1 AND id = $2 AND entity = 'order'`,
    [shop, id],
  );
  const [known] = rows;
  return known === undefined ? null : lockOrderEntry(tx, { shop, orderId: known.orderId });
}

async function holdIntent(tx: PoolClient, { shop, id, decision, now }: Word): Promise<Intent> {
  const { rows } = await tx.query<Intent>(
    `SELECT status, "entityId", kind, payload, answer, coalesce("leasedUntil" > $3, false)
         OR coalesce($4 AND answer->'unsure' = 'true' AND coalesce(answer->>'leftAt', answer->>'pushedAt')::timestamptz > $5, false)
         -- Shopify cancels in a job of its own, which goes on whoever waits for it.
         OR coalesce($4 AND kind = 'orderCancel' AND (answer->'unsure' = 'true' OR answer->>'jobId' IS NOT NULL)
           AND (answer->>'leftAt')::timestamptz > $6, false) AS "isLeased"
     FROM "Outbox" WHERE shop = $1 AND id = $2 FOR UPDATE`,
    [
      ...[shop, id, now, decision !== "send_again"],
      ...[LEASE_MS, JOB_TAKES_MS].map((ms) => new Date(now.getTime() - ms)),
    ],
  );
  const [intent] = rows;
  if (!intent) throw new AppError("NOT_FOUND", `Nothing with the id ${id} waits for Shopify`);
  return intent;
}

/** A payment that was left, or was only a part of it, is as open as the money: Shopify does not know of it. */
function expectUndone({ status, kind, isLeased }: Intent, decision: Settlement): void {
  const isLeftPayment = status === "dropped" && kind === "orderMarkAsPaid" && decision !== "drop";
  if (status === "sent" || status === "already" || (status === "dropped" && !isLeftPayment))
    throw new AppError(
      "ACTION_NOT_ALLOWED",
      status === "dropped" ? "It has been dropped already" : "Shopify has it already",
      { next: "Nothing is to be done. Reload the page to see what holds now." },
    );
  if (isLeased)
    throw new AppError("ACTION_NOT_ALLOWED", "It is being sent just now", {
      next: "Wait a moment, then reload the page to see what came of it.",
    });
}

function readPayment({ kind, payload }: Intent) {
  const read = intentPayloads.orderMarkAsPaid.safeParse(payload);
  if (kind === "orderMarkAsPaid" && read.success) return read.data;
  throw new AppError("ACTION_NOT_ALLOWED", "Only a payment can be booked in Shopify", {
    next: "Send it again: what Shopify has by then is not done twice.",
  });
}

async function waitAgain(tx: PoolClient, { shop, id }: Word): Promise<void> {
  await tx.query(
    `UPDATE "Outbox" SET status = 'waiting', "leasedUntil" = NULL, "nextRetryAt" = NULL, "errorCode" = NULL, error = NULL, conflict = NULL,
       "endedAt" = NULL, answer = answer - '{jobEnded,next,unwanted}'::text[]
     WHERE shop = $1 AND id = $2`,
    [shop, id],
  );
}

async function end(
  tx: PoolClient,
  { shop, id, now }: Word,
  status: "already" | "dropped",
  said: string | null,
): Promise<void> {
  await tx.query(
    `UPDATE "Outbox" SET status = $3, "leasedUntil" = NULL, "nextRetryAt" = NULL, "errorCode" = NULL, error = NULL, conflict = NULL,
       answer = CASE WHEN $5::text IS NULL THEN answer - '{jobEnded,next}'::text[]
         ELSE coalesce(answer, '{}') - 'next' || jsonb_build_object('said', $5::text) END,
       "endedAt" = $4, "sentAt" = CASE WHEN $3 = 'already' THEN $4::timestamptz END
     WHERE shop = $1 AND id = $2`,
    [shop, id, status, now, said],
  );
}

/**
 * Shopify knows of the receipt, which is no longer taken off what it asks for. As of the payload that is here: if that is older than
 * the payment, a label asks for too much until the newer one is here, which is asked for at once; the other way round it would ask
 * for too little, and nothing might ever come to mend it.
 */
async function learnBooked(
  tx: PoolClient,
  { shop, actor, now }: Word,
  {
    entry,
    payload,
    answer,
  }: {
    entry: NonNullable<Awaited<ReturnType<typeof lockOrderEntry>>>;
    payload: ReturnType<typeof readPayment>;
    answer: unknown;
  },
): Promise<void> {
  // Marked as paid, and something else came of it: that was all of its receipts.
  const { markedAsPaid, receiptIds } = readProgress(answer);
  const facts = factsOfSending(
    { kind: "orderMarkAsPaid", entity: "order", entityId: entry.id, payload },
    {
      ...(entry.shopifyUpdatedAt ? { orderUpdatedAt: entry.shopifyUpdatedAt.toISOString() } : {}),
      ...(markedAsPaid && receiptIds ? { receiptIds } : {}),
    },
  );
  await learnFacts(tx, { shop, entry, facts, actor, now });
  const reason = "A payment is said to be booked in Shopify";
  await wishFor(tx, { shop, kind: "order", wishes: [{ id: entry.id, reason, at: now }] });
}
