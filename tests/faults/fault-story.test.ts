/**
 * A store that lives while everything goes wrong on the road. After each fault: every order of the store is in the ERP once,
 * with its newest content, and the delivery log says what happened.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { readText } from "#simulator/store/read-record.ts";
import { renderRestOrder } from "#simulator/rest/render-rest-order.ts";
import type { FaultRequest } from "#simulator/faults/fault-kinds.ts";
import type { Child } from "../../scripts/start-child.ts";
import { compareStoreWithErp } from "./compare-store-with-erp.ts";
import { startLivingShop, type LivingShop } from "./living-shop.ts";
import { startOwnPostgres, type OwnPostgres } from "./own-postgres.ts";

const STORY_MS = 300_000;

let postgres: OwnPostgres;
let living: LivingShop;
let web: Child;
let worker: Child;

beforeAll(async () => {
  postgres = await startOwnPostgres();
  living = await startLivingShop(postgres.database, { orders: 60, seed: 11 });
  const [first, second] = living.children;
  if (first === undefined || second === undefined) throw new Error("The processes did not start");
  [web, worker] = [first, second];
}, STORY_MS);
afterAll(async () => {
  await living.close();
  await postgres.close();
}, STORY_MS);
afterEach(() => {
  living.simulator.faults.clear();
});

const rows = async (sql: string) => (await postgres.database.pool.query<Record<string, unknown>>(sql)).rows;

/** Lets the store live for a moment, with what goes wrong meanwhile. */
async function live(
  seed: number,
  faults: readonly FaultRequest[],
  meanwhile: () => Promise<void> = () => sleep(2_500),
) {
  for (const fault of faults) living.simulator.faults.add(fault);
  living.simulator.live(25, seed);
  await meanwhile();
  living.simulator.stopLive();
}

async function expectNothingLost() {
  await living.settle();
  const differences = await compareStoreWithErp(postgres.database, living.shop, living.simulator.store);
  expect(differences).toEqual([]);
  await expectEveryAnswerInTheLog();
}

/** What was answered 200 stands in the log, once. */
async function expectEveryAnswerInTheLog() {
  const answered = living.simulator.webhooks.deliveries().filter(({ status }) => status === 200);
  const ids = [...new Set(answered.map(({ webhookId }) => webhookId))];
  const { rows: missing } = await postgres.database.pool.query(
    `select id from unnest($2::text[]) as told (id)
     where not exists (select 1 from "WebhookDelivery" d where d.shop = $1 and d."webhookId" = told.id)`,
    [living.shop, ids],
  );
  expect(missing).toEqual([]);
}

describe("the road", () => {
  test("nothing goes wrong: every topic of a living store arrives", { timeout: STORY_MS }, async () => {
    await live(1, [], () => sleep(4_000));
    await expectNothingLost();
    const failed = await rows(
      `select topic, error from "WebhookDelivery" where outcome = 'failed' or "errorCode" not in ('ORDER_EXISTS')`,
    );
    expect(failed).toEqual([]);
  });

  test("deliveries doubled, reordered, late and answered to nobody", { timeout: STORY_MS }, async () => {
    await live(2, [
      { kind: "webhook-doubled", share: 0.3 },
      { kind: "webhook-reordered", share: 0.3, after: 5, delayMs: 2_000 },
      { kind: "webhook-late", share: 0.2, delayMs: 1_500 },
      { kind: "webhook-answer-lost", share: 0.2 },
    ]);
    await expectNothingLost();
    const [log] = await rows(`select sum(duplicates)::int as duplicates from "WebhookDelivery"`);
    expect(log?.["duplicates"]).toBeGreaterThan(0);
  });

  test("forged deliveries are refused and leave nothing", { timeout: STORY_MS }, async () => {
    await live(4, [{ kind: "webhook-forged", share: 0.5 }]);
    await expectNothingLost();
    const refused = living.simulator.webhooks.deliveries().filter(({ status }) => status === 401);
    expect(refused.length).toBeGreaterThan(0);
  });

  test(
    "poison among good ones: kept as Failed, 200, and the good ones go through",
    { timeout: STORY_MS },
    async () => {
      const { webhooks, store } = living.simulator;
      const order = renderRestOrder(store.collection("orders")!.at(0)) as Record<string, unknown>;
      const poison: [string, string | Buffer, number][] = [
        ["orders/updated", "not JSON", 200],
        ["orders/updated", Buffer.from([0x7b, 0xc3, 0x28, 0x7d]), 200],
        ["orders/updated", '{"id":1,"note":"\0"}', 200],
        ["orders/updated", '{"name":"without an id"}', 200],
        ["refunds/create", '{"id":5}', 200],
        // A record by its head, that no codec can read: it fails in the processor, alone.
        [
          "orders/create",
          JSON.stringify({
            ...order,
            id: 999_999_001,
            admin_graphql_api_id: "gid://shopify/Order/999999001",
            line_items: "none",
          }),
          200,
        ],
      ];
      const before = await rows(
        `select count(*)::int as count from "WebhookDelivery" where outcome = 'failed'`,
      );
      const sent = await Promise.all([
        live(5, [], () => sleep(1_500)).then(() => [] as number[]),
        Promise.all(
          poison.map(async ([topic, body]) => (await webhooks.sendRaw({ topic, body })).status ?? 0),
        ),
      ]);
      expect(sent[1]).toEqual(poison.map(([, , status]) => status));
      await expect
        .poll(() => rows(`select "errorCode" from "ShopifyOrderCache" where id = '999999001'`), {
          timeout: 30_000,
        })
        .toEqual([{ errorCode: "PAYLOAD_UNREADABLE" }]);
      const after = await rows(
        `select count(*)::int as count from "WebhookDelivery" where outcome = 'failed'`,
      );
      expect(Number(after[0]?.["count"]) - Number(before[0]?.["count"])).toBe(5);
      await rows(`delete from "ShopifyOrderCache" where id = '999999001'`);
      await expectNothingLost();
    },
  );

  test(
    "S8: 50 deliveries of one order at once, in any order: one order, the newest content",
    { timeout: STORY_MS },
    async () => {
      const { webhooks, store } = living.simulator;
      const order = store.collection("orders")!.at(3);
      const body = renderRestOrder(order) as Record<string, unknown>;
      const newest = Date.parse(readText(order, "updatedAt"));
      const statuses = await Promise.all(
        Array.from({ length: 50 }, (_, n) => {
          const stale =
            n === 31
              ? body
              : {
                  ...body,
                  note: `stale ${String(n)}`,
                  updated_at: new Date(newest - (n + 1) * 1000).toISOString(),
                };
          return webhooks.sendRaw({ topic: "orders/updated", body: JSON.stringify(stale) });
        }),
      );
      expect(new Set(statuses.map(({ status }) => status))).toEqual(new Set([200]));
      await expectNothingLost();
    },
  );
});

describe("processes", () => {
  test(
    "the web process killed between storing and answering, again and again",
    { timeout: STORY_MS },
    async () => {
      await live(6, [], async () => {
        for (let kill = 0; kill < 4; kill++) {
          await sleep(300 + 137 * kill);
          await web.kill();
          web = await living.startWeb();
        }
      });
      await expectNothingLost();
    },
  );

  test(
    "the worker killed in the middle of its batches; two take over, none does a thing twice",
    { timeout: STORY_MS },
    async () => {
      await live(7, [], async () => {
        for (let kill = 0; kill < 3; kill++) {
          await sleep(500 + 211 * kill);
          await worker.kill();
          worker = await living.startWorker();
        }
      });
      const second = await living.startWorker();
      await expectNothingLost();
      await second.stop();
    },
  );

  test("the worker asked to stop ends in order, and the next goes on", { timeout: STORY_MS }, async () => {
    await live(8, [], async () => {
      await sleep(800);
      await worker.stop();
      worker = await living.startWorker();
    });
    await expectNothingLost();
  });
});

describe("what both lean on", () => {
  test(
    "S17: PostgreSQL restarted under load: nothing is acknowledged that is not stored",
    { timeout: STORY_MS },
    async () => {
      await live(9, [], async () => {
        for (let restart = 0; restart < 2; restart++) {
          await sleep(700);
          await postgres.restart();
          await sleep(500);
        }
      });
      await expectNothingLost();
    },
  );

  test(
    "Shopify down for a while: deliveries go on being stored, what has to be asked waits",
    { timeout: STORY_MS },
    async () => {
      await live(10, [
        { kind: "http-5xx", target: "graphql" },
        { kind: "http-5xx", target: "oauth" },
      ]);
      living.simulator.faults.clear();
      await expectNothingLost();
    },
  );
});
