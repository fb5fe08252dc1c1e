import type { Pool } from "pg";
import { LEASE_MS, type ClaimedIntent } from "#app/outbox/claim-intents.server.ts";
import { keepIntent } from "#app/outbox/finish-intent.server.ts";
import { intentPayloads } from "#app/outbox/outbox-intent.ts";
import type { SendableIntent } from "./plan-intent.ts";
import type { PlannedEnd, Progress } from "./plan.ts";
import { readProgress } from "./read-progress.ts";

/** Another worker has taken the intent over: nothing may leave. */
export class TakenOver extends Error {
  override name = "TakenOver";
}

/** One intent in this worker's hands, and what is to be known of it if the worker dies. */
export class Sending {
  readonly pool: Pool;
  readonly now: () => Date;
  intent: ClaimedIntent;
  progress: Progress;
  parsed: SendableIntent | null;
  /** Something left whose answer has not come. */
  hasLeft = false;
  /** What it comes to where Shopify does not give us what is under way. */
  whenDenied: PlannedEnd | undefined;

  constructor(pool: Pool, intent: ClaimedIntent, now: () => Date) {
    this.pool = pool;
    this.now = now;
    this.intent = intent;
    this.progress = readProgress(intent.answer);
    this.parsed = parseIntent(intent);
  }

  /** Right before something leaves. @throws TakenOver where the intent is no longer ours */
  async leave(note: Partial<Progress> = {}): Promise<void> {
    await this.note({ ...note, unsure: true, leftAt: this.now().toISOString() });
    this.hasLeft = true;
  }

  /**
   * Until when Shopify may still be at work on what left and was not answered, however its connection ended: what it has is no word
   * on that until then. As long as the lease of a sender that was killed. Null where nothing is open.
   */
  atWorkUntil(): Date | null {
    const { unsure, leftAt } = this.progress;
    return unsure === true && leftAt !== undefined ? new Date(Date.parse(leftAt) + LEASE_MS) : null;
  }

  /** Shopify has answered what left. */
  answered(): void {
    this.hasLeft = false;
    this.progress.unsure = false;
  }

  /** Written down at once, with more time. @throws TakenOver where the intent is no longer ours */
  async note(more: Partial<Progress>): Promise<void> {
    this.progress = { ...this.progress, ...more };
    const until = new Date(this.now().getTime() + LEASE_MS);
    const leasedUntil = await keepIntent(this.pool, this.intent, { answer: this.progress, until });
    if (leasedUntil === null) throw new TakenOver();
    this.intent = { ...this.intent, leasedUntil };
  }

  /** These fulfilments are what is sent, or a part of it. */
  tie(fulfillmentIds: readonly string[]): void {
    if (fulfillmentIds.length === 0) return;
    this.progress.fulfillmentIds = [...new Set([...(this.progress.fulfillmentIds ?? []), ...fulfillmentIds])];
  }

  /** Shopify did it, and the order is of this time now. */
  noteChange(at: string): void {
    this.progress.orderUpdatedAt = at;
    this.markChange(at);
  }

  /** A webhook that tells of the order at this time tells of our change. */
  markChange(at: string): void {
    this.progress.orderChanges = [...(this.progress.orderChanges ?? []), at];
  }
}

function parseIntent({ kind, payload, entityId }: ClaimedIntent): SendableIntent | null {
  const read = intentPayloads[kind].safeParse(payload);
  return read.success ? ({ kind, entity: "order", entityId, payload: read.data } as SendableIntent) : null;
}
