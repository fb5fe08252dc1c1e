import { createHmac, randomUUID } from "node:crypto";
import type { FaultSwitch } from "#simulator/faults/fault-switch.ts";
import { renderTopic } from "#simulator/rest/render-topic.ts";
import { createBoundedQueue } from "./bounded-queue.ts";
import type { Happening } from "./happening.ts";
import { createHoldingPlace } from "./holding-place.ts";
import type { RawWebhook, WebhookDelivery, WebhookStats } from "./webhook-delivery.ts";
import { strikeWebhookFaults } from "./strike-webhook-faults.ts";
import {
  buildWebhookHeaders,
  createTriggerClock,
  replaceHeaders,
  type HeaderFamily,
} from "./webhook-headers.ts";
import { createWebhookPost } from "./webhook-post.ts";

export type WebhookTargets = {
  /** The app's address, without trailing slash; null = nobody to tell. */
  appUrl: string | null;
  /** Path by topic, like `{"bulk_operations/finish": "/webhooks/bulk"}`: the app's subscriptions. */
  paths: Record<string, string>;
  /** Signs; the API secret. */
  secret: string;
  /** The subscription's name by topic, if it has one. */
  names?: Record<string, string>;
};

export type WebhookSender = {
  readonly targets: WebhookTargets;
  /**
   * Tells the app what one act made happen, in the background: one event id for all, a webhook id for each. A topic
   * nobody has subscribed to is not sent. Bodies are made now: a retry carries what was true now.
   */
  tell(happenings: readonly Happening[]): void;
  /**
   * One try, at once, past queue, faults and counts: any body, signed as it is unless `headers` say otherwise.
   * @throws Error when the topic has no address
   */
  sendRaw(raw: RawWebhook): Promise<WebhookDelivery>;
  /** The last 2,000 tries, oldest first. */
  deliveries(): readonly WebhookDelivery[];
  stats(): WebhookStats;
  /**
   * Resolves when nothing is queued, in flight or waiting for a retry. What a fault holds back is let go when nothing
   * else is left: nobody would come after it.
   */
  idle(): Promise<void>;
  /** Ends everything, queued or under way. */
  close(): Promise<void>;
};

export type WebhookSenderOptions = {
  domain: string;
  apiVersion: string;
  targets: WebhookTargets;
  faults: FaultSwitch;
  /** The waits between tries; Shopify's eight span four hours. */
  retryWaitsMs: readonly number[];
  now(): Date;
  /** How many deliveries at once (20). */
  concurrency?: number;
  /** Shopify waits 1 s for a connection and 5 s in all. */
  connectTimeoutMs?: number;
  timeoutMs?: number;
  headerFamily?: HeaderFamily;
};

type Message = {
  topic: string;
  url: string;
  webhookId: string;
  eventId: string;
  triggeredAt: string;
  body: Buffer;
  /** Tries so far. */
  attempt: number;
  isForged: boolean;
};

const KEPT_DELIVERIES = 2_000;

/**
 * Delivers webhooks as Shopify does (docs, "Deliver webhooks through HTTPS"): signed over the raw body, eight retries
 * with the original payload, address and webhook id, redirects count as failures. Subscriptions are the app's own
 * (shopify.app.toml), which Shopify never deletes, however often deliveries fail.
 */
export function createWebhookSender(options: WebhookSenderOptions): WebhookSender {
  const { targets, faults } = options;
  const http = createWebhookPost({
    connectTimeoutMs: options.connectTimeoutMs ?? 1_000,
    timeoutMs: options.timeoutMs ?? 5_000,
  });
  const triggered = createTriggerClock(() => options.now());
  const deliveries: WebhookDelivery[] = [];
  const counts = { told: 0, doubled: 0, delivered: 0, retried: 0, givenUp: 0, dropped: 0 };
  const queue = createBoundedQueue(options.concurrency ?? 20, deliver);
  const place = createHoldingPlace<Message>((message) => {
    queue.add(message);
  });
  let waiters: (() => void)[] = [];
  let isClosed = false;

  async function post(message: Message, headers: Readonly<Record<string, string | null>> = {}) {
    const { topic, url, webhookId, eventId, attempt } = message;
    const delivery: WebhookDelivery = {
      ...{ topic, url, webhookId, eventId, attempt },
      at: options.now().toISOString(),
      status: null,
      error: null,
    };
    deliveries.push(delivery);
    if (deliveries.length > KEPT_DELIVERIES) deliveries.shift();
    const own = buildWebhookHeaders(options.headerFamily ?? "webhooks", {
      ...message,
      domain: options.domain,
      apiVersion: options.apiVersion,
      signature: createHmac("sha256", message.isForged ? `not ${targets.secret}` : targets.secret)
        .update(message.body)
        .digest("base64"),
      name: targets.names?.[topic],
    });
    return Object.assign(delivery, await http.post(url, replaceHeaders(own, headers), message.body));
  }

  async function deliver(message: Message): Promise<void> {
    message.attempt++;
    if (message.attempt > 1) counts.retried++;
    const delivery = await post(message);
    if (!isClosed && !message.isForged) settle(message, delivery);
    // The queue counts this one as running until the promise has settled.
    setImmediate(wakeWaiters);
  }

  function settle(message: Message, delivery: WebhookDelivery): void {
    const { topic, attempt } = message;
    if (isTaken(delivery) && faults.strike("webhook-answer-lost", { topic }) !== null)
      delivery.error = "The answer was lost";
    const waitMs = options.retryWaitsMs[attempt - 1];
    if (isTaken(delivery)) counts.delivered++;
    else if (waitMs === undefined) counts.givenUp++;
    else place.wait(message, waitMs);
    if (attempt === 1) place.hasGone();
  }

  function isBusy(): boolean {
    return queue.running() > 0 || queue.queued() > 0 || place.waiting() > 0;
  }

  function wakeWaiters(): void {
    if (waiters.length === 0) return;
    if (!isBusy() && place.held() > 0) place.letGo();
    if (isBusy()) return;
    for (const wake of waiters) wake();
    waiters = [];
  }

  /** Sends a message, and whatever the faults make of it. */
  function take(message: Message): void {
    const { isLost, isForged, copyAfterMs, lateMs, hold } = strikeWebhookFaults(faults, message.topic);
    if (isLost) {
      counts.dropped++;
      return;
    }
    if (isForged) queue.add({ ...message, webhookId: randomUUID(), isForged });
    const copy = { ...message };
    if (lateMs !== null) place.wait(message, lateMs);
    else if (hold !== null) place.hold(message, hold.after, hold.atMostMs);
    else queue.add(message);
    if (copyAfterMs === null) return;
    counts.doubled++;
    if (copyAfterMs === 0) queue.add(copy);
    else place.wait(copy, copyAfterMs);
  }

  function address(topic: string): string | null {
    const path = targets.paths[topic];
    return targets.appUrl === null || path === undefined ? null : targets.appUrl + path;
  }

  const message = (topic: string, url: string, eventId: string, body: Buffer): Message => ({
    ...{ topic, url, eventId, body },
    webhookId: randomUUID(),
    triggeredAt: triggered(),
    attempt: 0,
    isForged: false,
  });

  return {
    targets,
    tell(happenings) {
      if (isClosed) return;
      const eventId = randomUUID();
      const messages = happenings.flatMap((happening) => {
        const url = address(happening.topic);
        return url === null
          ? []
          : [message(happening.topic, url, eventId, Buffer.from(renderTopic(happening)))];
      });
      counts.told += messages.length;
      messages.forEach(take);
    },
    async sendRaw({ topic, body, headers }) {
      const url = address(topic);
      if (url === null) throw new Error(`The app has no address for ${topic}.`);
      return await post({ ...message(topic, url, randomUUID(), Buffer.from(body)), attempt: 1 }, headers);
    },
    deliveries: () => deliveries,
    stats: () => ({
      ...counts,
      inFlight: queue.running(),
      queued: queue.queued(),
      waiting: place.waiting() + place.held(),
    }),
    idle: () =>
      new Promise((resolve) => {
        waiters.push(resolve);
        setImmediate(wakeWaiters);
      }),
    async close() {
      isClosed = true;
      queue.clear();
      place.clear();
      const ended = this.idle();
      http.close();
      await ended;
    },
  };
}

function isTaken({ status, error }: WebhookDelivery): boolean {
  return error === null && status !== null && status >= 200 && status < 300;
}
