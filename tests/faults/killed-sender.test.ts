/**
 * The worker killed (SIGKILL) again and again while it tells Shopify of parcels, at moments a seed draws, and followed by another:
 * each parcel is one fulfilment in the end, and every intent is done.
 */
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { OrderAction } from "#app/erp/actions/order-action.ts";
import { performOrderAction } from "#app/erp/actions/perform-order-action.server.ts";
import { intentKinds } from "#app/outbox/outbox-intent.ts";
import { createLog } from "#app/lib/log.server.ts";
import { readNodes } from "#simulator/store/read-record.ts";
import { runJobOf } from "#tests/setup/a-connected-shop.ts";
import { installInSimulatedShop } from "#tests/setup/simulated-shop.ts";
import { until } from "./at-rest.ts";
import { startOwnPostgres } from "./own-postgres.ts";
import { createStarter } from "./start-processes.ts";

const SEED = Number(process.env["FAULT_SEED"] ?? 1);
const STORY_MS = 300_000;
const PARCELS = 12;
const KILLS = Number(process.env["KILL_RUNS"] ?? 2);
/** How long a request and its answer take here: long enough to be killed in. */
const ANSWER_MS = 60;
const SENT_WITHIN_MS = 120_000;

test(
  "killed in the middle of sending, again and again: one fulfilment for each parcel",
  async ({ onTestFinished }) => {
    const postgres = await startOwnPostgres();
    onTestFinished(() => postgres.close());
    const database = await postgres.newDatabase();
    const { simulator, shop, env, fetch } = await installInSimulatedShop(database, {
      ...{ orders: 20, seed: 3, bucketSize: 20_000, restoreRate: 5_000 },
    });
    onTestFinished(() => simulator.close());
    const { pool } = database;
    const context = { env, database, fetch, log: createLog("silent"), now: () => new Date() };
    const on = Object.fromEntries(intentKinds.map((kind) => [kind, true]));
    await pool.query(`update "Shop" set "cutOverAt" = '2000-01-01', settings = $2 where shop = $1`, [
      shop,
      JSON.stringify({ writeBack: on }),
    ]);
    const ids = placeOrders();
    for (const job of ["products", "orders"] as const) await runJobOf({ context, shop }, job);
    for (const [place, orderId] of ids.entries())
      for (const action of ["pick", "pack", "hand_over", "deliver"]) await act(orderId, action, place);

    simulator.faults.add({ kind: "slow", delayMs: ANSWER_MS });
    simulator.faults.add({ kind: "mutation-slow", delayMs: ANSWER_MS });
    const starter = await createStarter({
      ...{ DATABASE_URL: database.url, SIMULATOR_URL: simulator.url, SHOPIFY_APP_URL: "http://127.0.0.1:1" },
      ...{ SHOPIFY_API_KEY: simulator.apiKey, SHOPIFY_API_SECRET: simulator.apiSecret },
    });
    onTestFinished(() => starter.close());
    const [moments = []] = fc.sample(
      fc.array(fc.integer({ min: 0, max: 300 }), { minLength: KILLS, maxLength: KILLS }),
      {
        ...{ seed: SEED, numRuns: 1 },
      },
    );
    let killedInTheMiddle = 0;
    let clockAheadMs = 0;
    for (const afterMs of moments) {
      const worker = await starter.startWorker({ clockAheadMs });
      // Its own leases end two minutes after its clock; those of the dead ended before.
      const inHand = () =>
        count(
          `status = 'waiting' and "leasedUntil" > now() + interval '${String(clockAheadMs + 60_000)} milliseconds'`,
        );
      const mayBegin = Date.now() + SENT_WITHIN_MS;
      while ((await inHand()) === 0 && Date.now() < mayBegin) await sleep(10);
      await sleep(afterMs);
      await worker.kill();
      killedInTheMiddle += await inHand();
      // What the dead one had in its hands is free only when its lease has ended: the next one's clock is past that.
      clockAheadMs += 150_000;
    }
    const last = await starter.startWorker({ clockAheadMs });
    await until(
      () => count(`status = 'waiting'`),
      (waiting) => waiting === 0,
      SENT_WITHIN_MS,
    );
    expect(await last.stop()).toBe(0);

    expect(killedInTheMiddle, `seed ${String(SEED)}: ${moments.join(", ")} ms`).toBeGreaterThan(0);
    expect(await count(`status in ('sent', 'already')`)).toBe(2 * PARCELS);
    for (const id of ids) {
      const sent = readNodes(simulator.store.node(`gid://shopify/Order/${id}`) ?? undefined, "fulfillments");
      expect(sent, `order ${id}`).toHaveLength(1);
      expect(readNodes(sent[0], "events").map((event) => event["status"])).toEqual(["DELIVERED"]);
    }
    console.log(
      `Killed sender: ${String(KILLS)} kills, ${String(killedInTheMiddle)} intents in hand then, ${String(PARCELS)} parcels, doubled 0`,
    );

    function placeOrders(): string[] {
      const variant = simulator.store.collection("productVariants")?.at(0).id ?? "";
      return Array.from({ length: PARCELS }, () => {
        // Five units each: a second fulfilment of the same order would find goods to send.
        const lines = [{ variant, quantity: 5 }];
        const { id } = simulator.act({ act: "placeOrder", lines, payment: "paid" });
        return String(id.split("/").at(-1));
      });
    }

    /** Two of the five leave; every other parcel has no AWB to be known by. */
    async function act(orderId: string, action: string, place: number): Promise<void> {
      const { rows } = await pool.query<{ lineId: string }>(
        `select "shopifyLineId" as "lineId" from "OrderLine" where shop = $1 and "shopifyOrderId" = $2`,
        [shop, orderId],
      );
      const lines = [{ lineId: rows[0]?.lineId, qty: 2 }];
      const parcelId = `box-${String(place)}`;
      const awb = place % 2 === 0 ? { awbNumber: `AWB-${String(place)}` } : {};
      const more = {
        pick: { lines },
        pack: { lines },
        hand_over: { lines, parcelId, ...awb },
        deliver: { parcelId },
      };
      await performOrderAction(pool, {
        ...{ shop, orderId, actor: "Ravi", now: new Date() },
        action: OrderAction.parse({ action, ...more[action as keyof typeof more] }),
      });
    }

    async function count(where: string): Promise<number> {
      const { rows } = await pool.query<{ count: number }>(
        `select count(*)::int as count from "Outbox" where shop = $1 and ${where}`,
        [shop],
      );
      return rows[0]?.count ?? 0;
    }
  },
  STORY_MS,
);
