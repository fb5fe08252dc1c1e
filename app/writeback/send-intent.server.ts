import type { Pool } from "pg";
import { AppError, errorCatalogue } from "#app/lib/errors.ts";
import type { Log } from "#app/lib/log.server.ts";
import { loadActionState } from "#app/erp/actions/load-action-state.server.ts";
import type { ClaimedIntent } from "#app/outbox/claim-intents.server.ts";
import type { IntentEnd } from "#app/outbox/finish-intent.server.ts";
import type { OutboxStatus } from "#app/outbox/outbox-intent.ts";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import { endOfFailure } from "./end-of-failure.ts";
import { factsOfSending } from "./facts-of-sending.ts";
import { findLostChanges } from "./find-lost-changes.ts";
import { planIntent, refuseOrder } from "./plan-intent.ts";
import type { Plan, PlannedEnd } from "./plan.ts";
import { readOrderNow } from "./read-order-now.server.ts";
import { runStep } from "./run-step.server.ts";
import { Sending, TakenOver } from "./sending.server.ts";
import { stillAtWork } from "./still-at-work.ts";
import { storeSending } from "./store-sending.server.ts";
import { BOOK_BY_HAND } from "./user-errors.ts";

export type SendOptions = {
  log: Log;
  now: () => Date;
  /** Whether a fulfilment order may be moved to the location a parcel left from. */
  mayMove: boolean;
  /** Whether a fulfilment that somebody made without an AWB may be given the parcel's. */
  mayTrack: boolean;
  signal?: AbortSignal | undefined;
};

/** `isDown`: Shopify could not be asked at all, so nothing else of the shop is tried for now. */
export type SendOutcome = { status: OutboxStatus | "taken_over"; isDown: boolean };

/** Shopify is read this often in one try: it may change while it is told. */
const ROUNDS = 4;
/** So often it is tried by itself what Shopify refuses for having changed. */
const STALE_TRIES = 4;
const NOT_MOVED = "The goods were moved to the parcel's location, and are still at another.";

/**
 * Sends one claimed intent: reads what Shopify has now, does what is missing, and stores what came of it with what the ERP learns
 * by it. Whatever happens to the worker on the way, the next try reads first and does nothing twice. No transaction is open while
 * Shopify is asked.
 */
export async function sendIntent(
  pool: Pool,
  client: AdminClient,
  intent: ClaimedIntent,
  options: SendOptions,
): Promise<SendOutcome> {
  const { log, now, signal } = options;
  const { shop, id, kind } = intent;
  const sending = new Sending(pool, intent, now);
  let end: IntentEnd;
  let isDown = false;
  try {
    end = await trySending(client, sending, options);
  } catch (error) {
    if (error instanceof TakenOver) return { status: "taken_over", isDown: false };
    const failure = endOfFailure(error, {
      stopped: signal?.aborted ?? false,
      hasLeft: sending.hasLeft,
    });
    if (failure.isOurs)
      log.error({ err: error, shop, id, kind }, "an intent could not be sent; it is tried again");
    // Only of what left just now: what came of an earlier one is as unknown as before.
    if (sending.hasLeft && !failure.mayBeDone) sending.progress.unsure = false;
    isDown = failure.isDown;
    const isDenied = error instanceof AppError && error.code === "SCOPE_MISSING";
    const notBefore = sending.atWorkUntil();
    end =
      isDenied && sending.whenDenied
        ? endOfPlan(sending.whenDenied, sending)
        : {
            ...failure.end,
            ...(failure.end.status === "waiting" ? { notBefore } : {}),
            answer: sending.progress,
          };
  }
  const isDone = end.status === "sent" || end.status === "already";
  // What was made of a parcel is the parcel, however the rest of it fares: else it would be another box of the same goods.
  const isKnown = isDone || kind === "fulfillmentCreate";
  const facts = isKnown && sending.parsed ? factsOfSending(sending.parsed, sending.progress) : [];
  const stored = await storeSending(pool, { intent: sending.intent, end, facts, now: now() });
  log.info({ shop, id, kind, order: intent.entityId, status: end.status }, "told Shopify of an intent");
  return { status: stored ? end.status : "taken_over", isDown };
}

async function trySending(
  client: AdminClient,
  sending: Sending,
  { now, mayMove, mayTrack, signal }: SendOptions,
): Promise<IntentEnd> {
  const { intent, parsed, pool } = sending;
  const { shop, entityId: orderId, createdAt } = intent;
  if (parsed === null) return refused("It cannot be read", errorCatalogue.INTERNAL.next, sending);
  // Also where a person has it sent again at once.
  const atWorkUntil = sending.atWorkUntil();
  if (atWorkUntil !== null && atWorkUntil > now()) return waiting(sending, { notBefore: atWorkUntil });
  let acted = sending.progress.unsure === true || sending.progress.jobId !== undefined;

  for (let round = 1; ; round++) {
    const state = await loadActionState(pool, { shop, orderId, now: now() });
    const never = refuseOrder(state);
    if (never) return refused(never.refused.message, never.refused.next, sending);
    const orderNow = await readOrderNow(client, { orderId, kind: parsed.kind });
    if (orderNow === null)
      return refused("Shopify has no such order (any more).", "Choose not to send this.", sending);
    const plan = planIntent(parsed, state, orderNow, {
      ...{ progress: sending.progress, wishedAt: createdAt.toISOString(), at: now(), mayMove, mayTrack },
    });
    for (const at of findLostChanges(parsed, orderNow, plan, sending.progress)) sending.markChange(at);
    if ("later" in plan) return waiting(sending, { notBefore: new Date(plan.later) });
    if (sending.progress.unwanted === true && !("already" in plan)) return endOfUnwanted(plan, sending);
    if (!("steps" in plan)) {
      const { updatedAt, cancelledAt } = orderNow;
      const { jobEnded, jobId } = sending.progress;
      const isByJob = jobEnded === true || jobId !== undefined;
      if (parsed.kind === "orderCancel" && isByJob && cancelledAt !== null)
        sending.noteChange(new Date(cancelledAt).toISOString());
      return endOfPlan(plan, sending, { acted, updatedAt });
    }
    const outcome = await runSteps(client, plan, sending, { orderId, signal });
    acted = true;
    if (outcome === "read again" && round < ROUNDS) continue;
    // A move changes at once; only a cancellation goes on in a job.
    if (outcome === "read again" && parsed.kind === "fulfillmentCreate")
      return endOfStale(NOT_MOVED, sending);
    if (outcome === "read again" || outcome === "later") return stillAtWork(sending.progress, now());
    if (outcome !== "done") {
      // What Shopify refused for having changed is planned anew, with what it has now.
      if (outcome.as === "stale" && round < ROUNDS) continue;
      const { message, next } = outcome;
      if (outcome.as === "stale") return endOfStale(message, sending);
      if (outcome.as !== "conflict") return refused(`Shopify: ${message}`, next, sending);
      return conflict({ erp: "It is to be done as wished.", shopify: message, next }, sending);
    }
    return { status: "sent", answer: sending.progress };
  }
}

type StepsOutcome =
  "done" | "read again" | "later" | Exclude<Awaited<ReturnType<typeof runStep>>, { jobId?: string }>;

async function runSteps(
  client: AdminClient,
  { steps, readAgain, note, fulfillmentIds = [], whenDenied }: Extract<Plan, { steps: unknown }>,
  sending: Sending,
  { orderId, signal }: { orderId: string; signal: AbortSignal | undefined },
): Promise<StepsOutcome> {
  sending.tie(fulfillmentIds);
  for (const step of steps) {
    signal?.throwIfAborted();
    sending.whenDenied = whenDenied;
    const done = await runStep(client, step, {
      ...{ orderId, signal },
      beforeLeaving: () => sending.leave(note),
    });
    sending.answered();
    if ("as" in done) return done;
    const { fulfillmentId, orderUpdatedAt, jobId } = done;
    if (fulfillmentId !== undefined) sending.tie([fulfillmentId]);
    if (orderUpdatedAt !== undefined) sending.noteChange(orderUpdatedAt);
    if (step.do === "markAsPaid") sending.progress.markedAsPaid = true;
    if (step.do === "createManualPayment") sending.progress.partBooked = true;
    // A job is known before it is waited for: whoever goes on waits for the same one.
    if (step.do === "cancelOrder") await sending.note(jobId === undefined ? { jobEnded: true } : { jobId });
    else if (jobId !== undefined) return "later";
    else if (step.do === "awaitJob") {
      delete sending.progress.jobId;
      sending.progress.jobEnded = true;
    }
    // Whether its job did it is seen in the order.
    if (step.do === "cancelOrder" || step.do === "awaitJob") return "read again";
  }
  return readAgain ? "read again" : "done";
}

function endOfPlan(
  plan: PlannedEnd,
  sending: Sending,
  { acted, updatedAt }: { acted: boolean; updatedAt?: string } = { acted: true },
): IntentEnd {
  if ("dropped" in plan) return { status: "dropped", words: plan.dropped, answer: sending.progress };
  if ("refused" in plan) return refused(plan.refused.message, plan.refused.next, sending);
  if ("conflict" in plan) return conflict(plan.conflict, sending);
  const { already, fulfillmentIds = [], note } = plan;
  const progress = Object.assign(sending.progress, note);
  sending.tie(fulfillmentIds);
  if (updatedAt !== undefined) progress.orderUpdatedAt ??= updatedAt;
  progress.unsure = false;
  progress.said = already;
  return { status: acted ? "sent" : "already", answer: progress };
}

/** A person does not want it, and it is known what came of the try that was not answered: nothing, or this part of it. */
function endOfUnwanted(
  plan: Exclude<Plan, { later: string } | { already: string }>,
  sending: Sending,
): IntentEnd {
  if ("steps" in plan) sending.tie(plan.fulfillmentIds ?? []);
  return { status: "dropped", words: null, answer: { ...sending.progress, unsure: false } };
}

/** Shopify says again and again that it has changed, and reads the same: it may need a while; in the end a person looks. */
function endOfStale(message: string, sending: Sending): IntentEnd {
  const next =
    sending.intent.kind === "orderMarkAsPaid"
      ? BOOK_BY_HAND
      : "Look at the order's page in Shopify for what is in the way. Then send this again, or do it there and choose not to send this.";
  if (sending.intent.attempts >= STALE_TRIES)
    return conflict({ erp: "It is to be done as wished.", shopify: message, next }, sending);
  return {
    ...{ status: "waiting", errorCode: "SHOPIFY_DIFFERS", error: `Shopify: ${message}` },
    answer: sending.progress,
  };
}

/** Nothing is wrong: it is looked at again by itself. */
function waiting(
  { progress }: Sending,
  { waitMs = 0, notBefore = null }: { waitMs?: number; notBefore?: Date | null },
): IntentEnd {
  return { status: "waiting", errorCode: null, error: null, waitMs, notBefore, answer: progress };
}

function refused(message: string, next: string, { progress }: Sending): IntentEnd {
  return {
    status: "refused",
    errorCode: "WRITE_BACK_REFUSED",
    error: message,
    answer: { ...progress, next },
  };
}

function conflict(both: { erp: string; shopify: string; next: string }, { progress }: Sending): IntentEnd {
  return {
    status: "conflict",
    errorCode: "SHOPIFY_DIFFERS",
    error: both.shopify,
    conflict: both,
    answer: progress,
  };
}
