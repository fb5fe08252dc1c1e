/**
 * Stores that live while everything goes wrong. Each story has a store, processes and a database of its own, and they are told
 * side by side. After each: every order of its store is in the ERP once, with its newest content, and the delivery log says
 * what happened.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test as base } from "vitest";
import { readText } from "#simulator/store/read-record.ts";
import { renderRestOrder } from "#simulator/rest/render-rest-order.ts";
import { expectNothingLost } from "./expect-nothing-lost.ts";
import { startLivingShop, type LivingShop } from "./living-shop.ts";
import { expectMissedAreCounted, loseDeliveries } from "./lost-for-good.ts";
import { startOwnPostgres, type OwnPostgres } from "./own-postgres.ts";
import { poisonOf, UNREADABLE_ORDER } from "./poison.ts";
import { cameAgain, findStoredUnanswered } from "./stored-unanswered.ts";

const STORY_MS = 300_000;

let postgres: OwnPostgres;
beforeAll(async () => {
  postgres = await startOwnPostgres();
}, STORY_MS);
afterAll(() => postgres.close(), STORY_MS);

/** `open(seed)`: a living shop; it goes with the test. */
const test = base.extend("open", ({ onTestFinished }) => async (seed: number, server = postgres) => {
  const living = await startLivingShop(server, { seed });
  onTestFinished(() => living.close());
  return living;
});

async function rows({ database }: LivingShop, sql: string): Promise<Record<string, unknown>[]> {
  return (await database.pool.query<Record<string, unknown>>(sql)).rows;
}

// The longest come first: they wait for what Shopify or a worker's lease makes them wait for.
describe.concurrent("what both lean on", { timeout: STORY_MS }, () => {
  test("S17: PostgreSQL restarted under load: nothing is acknowledged that is not stored", async ({
    open,
    onTestFinished,
  }) => {
    const own = await startOwnPostgres();
    onTestFinished(() => own.close());
    const living = await open(9, own);
    await living.live([], async () => {
      for (let restart = 0; restart < 2; restart++) {
        await sleep(700);
        await own.restart();
        await sleep(500);
      }
    });
    await expectNothingLost(living);
  });

  test("Shopify down for a while: deliveries go on being stored, what has to be asked waits", async ({
    open,
  }) => {
    const living = await open(10);
    await living.live(
      [
        { kind: "http-5xx", target: "graphql" },
        { kind: "http-5xx", target: "oauth" },
      ],
      () => sleep(2_500),
    );
    await expectNothingLost(living);
  });
});

describe.concurrent("processes", { timeout: STORY_MS }, () => {
  test("the worker killed in the middle of its batches; two take over, none does a thing twice", async ({
    open,
  }) => {
    const living = await open(7);
    await living.live([], async () => {
      for (let kill = 0; kill < 3; kill++) {
        await sleep(500 + 211 * kill);
        await living.app.killWorker();
      }
    });
    await living.app.addWorker();
    await expectNothingLost(living);
  });

  test("the web process killed between storing and answering, again and again", async ({ open }) => {
    const living = await open(6);
    const caught = new Set<string>();
    await living.live([], async () => {
      for (let kill = 0; kill < 3; kill++) {
        await sleep(300 + 137 * kill);
        await living.app.killWebWhen(async () => {
          const fresh = (await findStoredUnanswered(living)).filter((id) => !caught.has(id));
          for (const id of fresh) caught.add(id);
          return fresh.length > 0;
        });
      }
    });
    await expectNothingLost(living);
    // Each was stored by a process that answered nobody, and was known when it came again.
    expect(await cameAgain(living, caught)).toEqual(caught);
  });

  test("the worker asked to stop ends in order, and the next goes on", async ({ open }) => {
    const living = await open(8);
    await living.live([], async () => {
      await sleep(800);
      await living.app.stopWorker();
    });
    await expectNothingLost(living);
  });
});

describe.concurrent("the road", { timeout: STORY_MS }, () => {
  test("deliveries lost for good: found by look-back and dumps, and counted as missed", async ({ open }) => {
    const living = await open(3);
    const placed = await loseDeliveries(living);
    await expectNothingLost(living, { isLost: true });
    await expectMissedAreCounted(living, placed);
  });

  test("deliveries doubled, reordered, late and answered to nobody", async ({ open }) => {
    const living = await open(2);
    await living.live(
      [
        { kind: "webhook-doubled", share: 0.3 },
        { kind: "webhook-reordered", share: 0.3, after: 5, delayMs: 2_000 },
        { kind: "webhook-late", share: 0.2, delayMs: 1_500 },
        { kind: "webhook-answer-lost", share: 0.2 },
      ],
      () => sleep(2_500),
    );
    await expectNothingLost(living);
    const [log] = await rows(living, `select sum(duplicates)::int as duplicates from "WebhookDelivery"`);
    expect(log?.["duplicates"]).toBeGreaterThan(0);
  });

  test("nothing goes wrong: every topic of a living store arrives", async ({ open }) => {
    const living = await open(1);
    await living.live([], () => sleep(4_000));
    await expectNothingLost(living);
    const failed = await rows(
      living,
      `select topic, error from "WebhookDelivery" where outcome = 'failed' or "errorCode" not in ('ORDER_EXISTS')`,
    );
    expect(failed).toEqual([]);
  });

  test("forged deliveries are refused and leave nothing", async ({ open }) => {
    const living = await open(4);
    await living.live([{ kind: "webhook-forged", share: 0.5 }], () => sleep(2_500));
    await expectNothingLost(living);
    const refused = living.simulator.webhooks.deliveries().filter(({ status }) => status === 401);
    expect(refused.length).toBeGreaterThan(0);
  });

  test("poison among good ones: kept as Failed, 200, and the good ones go through", async ({
    open,
    expect,
  }) => {
    const living = await open(5);
    const { webhooks, store } = living.simulator;
    const poison = poisonOf(store.collection("orders")!.at(0));
    await living.live([], async () => {
      const [sent] = await Promise.all([
        Promise.all(poison.map((raw) => webhooks.sendRaw(raw))),
        sleep(1_500),
      ]);
      expect(sent.map(({ status }) => status)).toEqual(poison.map(() => 200));
    });
    const unreadable = `from "ShopifyOrderCache" where id = '${UNREADABLE_ORDER}'`;
    await expect
      .poll(() => rows(living, `select "errorCode" ${unreadable}`), { timeout: 60_000 })
      .toEqual([{ errorCode: "PAYLOAD_UNREADABLE" }]);
    expect(
      await rows(living, `select count(*)::int as failed from "WebhookDelivery" where outcome = 'failed'`),
    ).toEqual([{ failed: poison.length - 1 }]);
    await rows(living, `delete ${unreadable}`);
    await expectNothingLost(living);
  });

  test("S8: 50 deliveries of one order at once, in any order: one order, the newest content", async ({
    open,
  }) => {
    const living = await open(11);
    const { webhooks, store } = living.simulator;
    const order = store.collection("orders")!.at(3);
    const body = renderRestOrder(order) as Record<string, unknown>;
    const newest = Date.parse(readText(order, "updatedAt"));
    const bodies = Array.from({ length: 50 }, (_, n) =>
      n === 31
        ? body
        : {
            ...body,
            note: `stale ${String(n)}`,
            updated_at: new Date(newest - (n + 1) * 1000).toISOString(),
          },
    );
    const answers = await Promise.all(
      bodies.map((one) => webhooks.sendRaw({ topic: "orders/updated", body: JSON.stringify(one) })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await expectNothingLost(living);
  });
});
