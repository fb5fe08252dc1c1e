import { createFetchTurns } from "#app/jobs/fetch-between-jobs.server.ts";
import { appNewsHandlers } from "#app/jobs/app-news-handlers.server.ts";
import { fetchOrder } from "#app/jobs/fetch-order.server.ts";
import { handleNewsBetweenJobs } from "#app/jobs/handle-news-between-jobs.server.ts";
import { processBetweenJobs } from "#app/jobs/process-between-jobs.server.ts";
import type { Database } from "#app/lib/db.server.ts";
import { idFromGid } from "#app/lib/gid.ts";
import { createLog } from "#app/lib/log.server.ts";
import { settleIntent } from "#app/writeback/settle-intent.server.ts";
import { intentKinds } from "#app/outbox/outbox-intent.ts";
import { createBulkWaker } from "#app/shopify/bulk/bulk-waker.ts";
import { shopClient } from "#app/shopify/client/shop-client.server.ts";
import { sendForShop } from "#app/writeback/send-for-shop.server.ts";
import type { Act } from "#simulator/live/perform-act.ts";
import { RefusedAct } from "#simulator/live/refused-act.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { readAppSubscriptions } from "#simulator/webhooks/app-subscriptions.ts";
import { runJobOf } from "#tests/setup/a-connected-shop.ts";
import { installInSimulatedShop } from "#tests/setup/simulated-shop.ts";
import { aSecret } from "#tests/webhooks/a-delivery.ts";
import { serveWebhookRoutes } from "#tests/webhooks/serve-webhook-routes.ts";
import { aWebhookContext } from "#tests/webhooks/webhook-context.ts";
import { countWaiting } from "../at-rest.ts";
import { addUp, moneyOf, type Ledger } from "./ledger.ts";
import { startPostOffice, type Round } from "./post-office.ts";
import { levelOf, orderOf, quantitiesOf } from "./told-of.ts";

/** Longer than any wait between two tries. */
const LONGEST_WAIT_MS = 7 * 3_600_000;
/** Turns until everything rests; more is a loop. */
const MOST_TURNS = 60;

/** Where in a sender's turn something else happens: once Shopify was read, before its first mutation leaves, or when that is done and not answered yet. */
export type Moment = "read" | "leaving" | "done";
/** What happens then, once. */
export type Meanwhile = { when: Moment; happen: () => Promise<unknown> };

/**
 * A simulated shop and the app's own functions, every kind of write-back switched on, with a clock that only the test moves: one for
 * many runs, each of which has orders of its own. Nothing happens by itself: webhooks wait in a post office, and each turn of the
 * worker is asked for.
 */
export async function startMixedShop(database: Database, { stock = false }: { stock?: boolean } = {}) {
  let timeMs = Date.now();
  const now = () => new Date(timeMs);
  const { pool } = database;
  const routes = await serveWebhookRoutes({ ...aWebhookContext(database), now });
  const post = await startPostOffice(routes.url);
  // What is not looked at need not come.
  const topics = Object.entries(readAppSubscriptions("shopify.app.toml")).filter(
    ([topic]) =>
      !/^(?:products|customers|inventory_items|locations|bulk_operations)\//.test(topic) &&
      (stock || !topic.startsWith("inventory_levels/")),
  );
  const { simulator, shop, env, fetch } = await installInSimulatedShop(database, {
    ...{ orders: 12, seed: 3, appUrl: post.url, apiSecret: aSecret, now },
    ...{ webhookPaths: Object.fromEntries(topics), webhookConcurrency: 1, webhookRetryWaitsMs: [1] },
    // Asking is not what is tested here, and a part of what is owed may be paid.
    ...{ bucketSize: 1e9, restoreRate: 1e9, shopifyPlus: true, jobDelayMs: 0 },
  });
  const ledgers = new Map<string, Ledger>();
  let meanwhile: Meanwhile[] = [];
  const happen = async (when: Moment) => {
    const now = meanwhile.filter((one) => one.when === when);
    meanwhile = meanwhile.filter((one) => one.when !== when);
    for (const one of now) await one.happen();
  };
  const watched: Watch[] = [];
  /** What left without being in the sender's hands, in words. */
  const strays: string[] = [];
  /** What is drawn to happen while a sender is at work happens between its requests. */
  const intercepted: typeof globalThis.fetch = async (input, init) => {
    const body = typeof init?.body === "string" ? init.body : "";
    if (!/^\{"query":"mutation/.test(body)) {
      const answer = await fetch(input, init);
      // Not while a token is renewed, which another sender waits for.
      if (body.startsWith(`{"query":"query`)) await happen("read");
      return answer;
    }
    for (const { planned } of watched) await planned(body);
    await expectInHand(body);
    await happen("leaving");
    const ledger = ledgerOf(body);
    ledger?.mutations.push(body);
    if (body.includes("fulfillmentTrackingInfoUpdate"))
      for (const id of ledger?.retracked ?? []) if (body.includes(id)) ledger?.retracked.delete(id);
    const after = watched.map(({ leaves }) => leaves(body));
    try {
      return await noteEdit(body, await fetch(input, init));
    } finally {
      // Whether a job is done before or after its mutation is answered is not left to chance.
      await simulator.jobsEnded();
      for (const done of after) done();
      await happen("done");
    }
  };
  const log = createLog("silent");
  const context = {
    ...{ env, database, log, now, fetch: intercepted, waker: createBulkWaker(), workDir: "" },
  };
  const signal = new AbortController().signal;
  const askShopify = createFetchTurns(context, signal);
  const handlers = appNewsHandlers(context);
  const client = (maxTries: number) =>
    shopClient(context, { shop, fetch: intercepted, maxTries, patienceMs: 0 });

  const kinds = Object.fromEntries([...intentKinds, "fulfillmentOrderMove"].map((kind) => [kind, true]));
  await pool.query(`update "Shop" set "cutOverAt" = '2000-01-01', settings = $2 where shop = $1`, [
    shop,
    JSON.stringify({ writeBack: kinds }),
  ]);
  await runJobOf({ context: { ...context, fetch }, shop }, "products");

  const rows = async <Row extends object>(sql: string, values: unknown[] = []) =>
    (await pool.query<Row & Record<string, unknown>>(sql, [shop, ...values])).rows;

  const each = (name: string) => {
    const all = simulator.store.collection(name);
    return Array.from({ length: Math.min(40, all?.count() ?? 0) }, (_, i) => all?.at(i)).filter(
      (one) => one !== undefined,
    );
  };

  const edits = new Map<string, string>();
  /** An edit under way names no order but itself. */
  const orderOfEdit = (body: string) => edits.get(/CalculatedOrder\/\d+/.exec(body)?.[0] ?? "") ?? null;
  /** Whose order a mutation is about: nobody's where that is deleted meanwhile. */
  const ledgerOf = (body: string): Ledger | undefined =>
    ledgers.get(orderOf(body, simulator.store) ?? orderOfEdit(body) ?? "");
  const noteEdit = async (body: string, answer: Response) => {
    const begun = /CalculatedOrder\/\d+/.exec(
      body.includes("orderEditBegin(") ? await answer.clone().text() : "",
    );
    if (begun) edits.set(begun[0], orderOf(body, simulator.store) ?? "");
    return answer;
  };

  /** A mutation leaves only from whoever has its wish in hand: another worker that took it over has sent it, or will. */
  const expectInHand = async (body: string) => {
    const levels = quantitiesOf(body).map(levelOf);
    const order = orderOf(body, simulator.store) ?? orderOfEdit(body);
    // An edit changes nothing until it is committed.
    if (/orderEdit(?:Begin|SetQuantity)/.test(body)) return;
    const told = levels.length > 0 ? levels : order === null ? [] : [order];
    const inHand = await rows<{ id: string }>(
      `select "entityId" as id from "Outbox" where shop = $1 and "entityId" = any($2) and status = 'waiting' and "leasedUntil" is not null`,
      [told],
    );
    for (const id of told)
      if (!inHand.some((one) => one.id === id))
        strays.push(`${id}: told of by a sender that has nothing of it in hand`);
  };

  const mixed = {
    ...{ pool, shop, simulator, post, now, rows, strays },
    pass(ms: number) {
      timeMs += ms;
    },
    gid: (orderId: string) => `gid://shopify/Order/${orderId}`,
    /** Null once it was deleted. */
    order: (orderId: string): SimNode | null => simulator.store.node(mixed.gid(orderId)),
    ledger(orderId: string): Ledger {
      const known = ledgers.get(orderId);
      if (!known) throw new Error(`No order ${orderId} was placed`);
      return known;
    },
    /** A new order, of which nobody was told yet. */
    /** @param part what the customer pays of it at once, decimal; null: nothing but what `plan` says */
    place(plan: Omit<Extract<Act, { act: "placeOrder" }>, "act">, part: string | null = null): string {
      const { id: order } = simulator.act({ act: "placeOrder", ...plan });
      if (part !== null) simulator.act({ act: "payOrder", order, amount: part, method: "UPI" });
      const orderId = idFromGid(order);
      ledgers.set(orderId, {
        ...{ foreignActs: 0, mutations: [], refunding: false, telling: false, reshaped: false, remitted: [] },
        ...{ foreign: moneyOf(mixed.order(orderId)), retracked: new Set() },
      });
      return orderId;
    },
    /** Runs have orders of their own: what one that failed has left undone is not the next one's. */
    async forget() {
      ledgers.clear();
      strays.length = 0;
      post.lose(post.held());
      await pool.query(`delete from "Outbox" where shop = $1`, [shop]);
    },
    /** Somebody else does something; false where Shopify would not let it happen. */
    foreign(orderId: string, act: Act): boolean {
      const ledger = mixed.ledger(orderId);
      const before = moneyOf(mixed.order(orderId));
      // Each moment is another millisecond: two answers asked for in one cannot both be the newest.
      timeMs++;
      try {
        simulator.act(act);
        timeMs++;
      } catch (error) {
        if (error instanceof RefusedAct) return false;
        throw error;
      }
      ledger.foreignActs++;
      ledger.foreign = addUp(ledger.foreign, moneyOf(mixed.order(orderId)), before);
      return true;
    },
    /** Some of what Shopify has told comes, or the oldest of it never does; what came is processed. */
    async hearSome({ lost, ...round }: Round & { lost: boolean }): Promise<void> {
      await simulator.webhooks.idle();
      if (lost) post.lose(1);
      else await post.deliver(round);
      await mixed.work();
    },
    /** All that Shopify has told comes, and is processed. */
    async hear(): Promise<void> {
      for (;;) {
        await simulator.webhooks.idle();
        if (post.held() === 0) break;
        await post.deliver({ count: post.held(), reversed: false, doubled: false });
      }
      await mixed.work();
    },
    /** One turn of each of a worker's loops but the sending. @returns how much was done */
    async work(): Promise<number> {
      const news = await handleNewsBetweenJobs(database, { now, signal, log, handlers });
      const asked = await askShopify();
      return news + asked + (await processBetweenJobs(database, { now, signal, log }));
    },
    /** One turn of a sender, and what happens in the middle of it. @returns how many intents were tried */
    async send(others: readonly Meanwhile[] = []): Promise<number> {
      meanwhile = [...others];
      try {
        return await mixed.sendBeside();
      } finally {
        meanwhile = [];
      }
    },
    /** A turn of one more sender: in the middle of another's, or at the same time. */
    async sendBeside(): Promise<number> {
      const { taken } = await sendForShop(pool, { shop, now, log, connect: () => client(1) });
      return taken;
    },
    /** Has each mutation that leaves looked at from now on. */
    watch(watch: Watch) {
      watched.push(watch);
    },
    /** What a person does who wants to see an order as it is now. */
    fetch: (orderId: string) => fetchOrder(context, { shop, client: client(1), id: orderId }),
    /** A person has everything sent again where Shopify differed or refused. @returns how many */
    async sendAgain(orderIds: readonly string[]): Promise<number> {
      const open = await rows<{ id: string }>(
        `select id from "Outbox" where shop = $1 and "entityId" = any($2) and status in ('conflict', 'refused') order by seq`,
        [orderIds],
      );
      for (const { id } of open)
        await settleIntent(pool, { shop, id, decision: "send_again", actor: "Ravi", now: now() });
      return open.length;
    },
    /** The whole of a kind is read anew. */
    dump: (kind: "inventory") => runJobOf({ context: { ...context, fetch }, shop }, kind),
    /** Faults off, everything told, every wait over: until nothing is to be done. @throws Error naming what goes on for ever */
    async toRest(): Promise<void> {
      simulator.faults.clear();
      for (let turn = 0, idle = 0; idle < 2; turn++) {
        if (turn > MOST_TURNS)
          throw new Error(
            `It does not come to rest: ${JSON.stringify(await countWaiting(database, shop))} ${JSON.stringify(await openIntents())}`,
          );
        await simulator.webhooks.idle();
        const letters = post.held();
        await post.deliver({ count: letters, reversed: false, doubled: false });
        const done = letters + (await mixed.work()) + (await mixed.send());
        idle = done > 0 ? 0 : idle + 1;
        timeMs += idle > 0 ? LONGEST_WAIT_MS : 1_000;
      }
      const waiting = await countWaiting(database, shop);
      if (Object.keys(waiting).length > 0) throw new Error(`At rest there waits ${JSON.stringify(waiting)}`);
    },
    /** Shopify's locations, and the variants that are sold. */
    locations: () => each("locations"),
    locationIds: () => each("locations").map(({ id }) => idFromGid(id)),
    variant: (n: number) => each("productVariants")[n % 40]?.id ?? "",
    /** A fault was somebody else's doing. */
    foreignToAll() {
      for (const ledger of ledgers.values()) ledger.foreignActs++;
    },
    async close() {
      await simulator.close();
      await post.close();
      await routes.close();
    },
  };
  const openIntents = () =>
    rows(
      `select "entityId", kind, status, attempts, error from "Outbox" where shop = $1 and status = 'waiting'`,
    );
  return mixed;
}

/** Looks at a mutation as it was planned, then right before it leaves, then once Shopify has done it. */
type Watch = { planned: (body: string) => Promise<void>; leaves: (body: string) => () => void };

export type MixedShop = Awaited<ReturnType<typeof startMixedShop>>;
