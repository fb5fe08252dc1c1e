/**
 * Sends deliveries in a process of its own, so that what it costs is not what it measures. It does what its parent's
 * messages say (load-messages.ts); everything that takes time is prepared before a run.
 */
import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { percentile } from "../statistics.ts";
import type { Answer, LoadCommand, LoadReport, RunFigures, RunOptions } from "./load-messages.ts";
import { makeDeliveries, type PreparedDelivery, type PreparedOrder } from "./make-deliveries.ts";

/** So many orders lie between an order's creation and its update. */
const UPDATE_LAG = 50;

let prepared: PreparedOrder[] = [];
let stopped = false;

process.on("message", (command: LoadCommand) => {
  if ("prepare" in command) {
    prepared = makeDeliveries(command.prepare);
    const bytes = prepared.reduce((sum, { created }) => sum + created.body.length, 0);
    tell({ prepared: { orders: prepared.length, averageBytes: Math.round(bytes / prepared.length) } });
  } else if ("run" in command) {
    stopped = false;
    void run(command.run, command.keepAnswers).then((ran) => {
      tell({ ran });
    });
  } else stopped = true;
});

const tell = (report: LoadReport) => process.send?.(report);

async function run(options: RunOptions, keepAnswers: boolean): Promise<RunFigures> {
  const { url, concurrency, seconds, warmUpSeconds, perSecond } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency, scheduling: "fifo" });
  const target = new URL("/api/webhooks/shopify/orders", url);
  const next = chooseDeliveries();
  const latencies: number[] = [];
  const refused: string[] = [];
  const answers: Answer[] = [];
  let [answeredInTime, lastAnswer] = [0, 0];
  const cpu = process.cpuUsage();
  const begin = performance.now();
  const measuredFrom = begin + warmUpSeconds * 1000;
  const until = measuredFrom + seconds * 1000;

  async function deliver(delivery: NonNullable<ReturnType<typeof next.take>>): Promise<void> {
    const started = performance.now();
    const status = await send(target, agent, delivery.prepared);
    const ended = performance.now();
    if (started >= measuredFrom) latencies.push(ended - started);
    if (ended >= measuredFrom && ended <= until) answeredInTime++;
    lastAnswer = Math.max(lastAnswer, ended);
    if (status !== 200) refused.push(String(status));
    else {
      next.answered(delivery);
      if (keepAnswers)
        answers.push({ orderId: delivery.order.id, updated: delivery.updated, at: Date.now() });
    }
  }
  const goesOn = () => !stopped && performance.now() < until;

  if (perSecond === undefined) {
    const lanes = Array.from({ length: concurrency }, async () => {
      while (goesOn()) {
        const delivery = next.take();
        if (!delivery) return;
        await deliver(delivery);
      }
    });
    await Promise.all(lanes);
  } else {
    const underWay: Promise<void>[] = [];
    for (let n = 0; goesOn(); n++) {
      const delivery = next.take();
      if (!delivery) break;
      underWay.push(deliver(delivery));
      await sleep(Math.max(0, begin + ((n + 1) * 1000) / perSecond - performance.now()));
    }
    await Promise.all(underWay);
  }
  agent.destroy();
  const used = process.cpuUsage(cpu);
  return {
    ...{ sent: next.sent(), orders: next.orders(), updates: next.updates(), refused, answers },
    perSecond: answeredInTime / ((Math.min(lastAnswer, until) - measuredFrom) / 1000),
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    cpuShare: (used.user + used.system) / 1000 / (lastAnswer - begin),
    ranOut: next.ranOut(),
  };
}

/** In turn a new order and an update of the order delivered longest ago, never of one that was not answered yet. */
function chooseDeliveries() {
  const waiting: PreparedOrder[] = [];
  let [created, updated, taken, ranOut] = [0, 0, 0, false];
  return {
    take(): { order: PreparedOrder; updated: boolean; prepared: PreparedDelivery } | undefined {
      taken++;
      const updatable =
        taken % 2 === 0 && waiting.length - updated > UPDATE_LAG ? waiting[updated] : undefined;
      const order = updatable ?? prepared[created];
      if (!order) {
        ranOut = true;
        return undefined;
      }
      if (updatable) updated++;
      else created++;
      return { order, updated: updatable !== undefined, prepared: updatable ? order.updated : order.created };
    },
    answered: (delivery: { order: PreparedOrder; updated: boolean }) => {
      if (!delivery.updated) waiting.push(delivery.order);
    },
    sent: () => created + updated,
    orders: () => created,
    updates: () => updated,
    ranOut: () => ranOut,
  };
}

/** The status of the answer, or why there was none. */
function send(target: URL, agent: Agent, { body, headers }: PreparedDelivery): Promise<number | string> {
  return new Promise((resolve) => {
    const outgoing = request(target, {
      ...{ agent, method: "POST" },
      headers: { ...headers, "X-Shopify-Webhook-Id": randomUUID() },
    });
    outgoing.on("response", (answer) => {
      answer.resume();
      answer.on("end", () => {
        resolve(answer.statusCode ?? 0);
      });
    });
    outgoing.on("error", (error) => {
      resolve(error.message);
    });
    outgoing.end(body);
  });
}
