import type { OrderAction as Action } from "#app/erp/actions/order-action.ts";
import { OrderAction } from "#app/erp/actions/order-action.ts";
import { performOrderAction } from "#app/erp/actions/perform-order-action.server.ts";
import { appNewsHandlers } from "#app/jobs/app-news-handlers.server.ts";
import { handleNewsBetweenJobs } from "#app/jobs/handle-news-between-jobs.server.ts";
import { processPendingOrders } from "#app/erp/processor/process-pending-orders.server.ts";
import { intentKinds } from "#app/outbox/outbox-intent.ts";
import { createLog } from "#app/lib/log.server.ts";
import { shopClient } from "#app/shopify/client/shop-client.server.ts";
import { sendForShop } from "#app/writeback/send-for-shop.server.ts";
import type { SimulatorOptions } from "#simulator/start-simulator.ts";
import { readNodes, readText } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { readAppSubscriptions } from "#simulator/webhooks/app-subscriptions.ts";
import { aSecret } from "#tests/webhooks/a-delivery.ts";
import { serveWebhookRoutes } from "#tests/webhooks/serve-webhook-routes.ts";
import { aWebhookContext } from "#tests/webhooks/webhook-context.ts";
import { createBulkWaker } from "#app/shopify/bulk/bulk-waker.ts";
import { settleIntent } from "#app/writeback/settle-intent.server.ts";
import type { Settlement } from "#app/outbox/settlements.ts";
import { connectedTest, runJobOf, type ConnectedShop } from "./a-connected-shop.ts";

type StoredFulfillment = {
  id: string;
  status: string;
  totalQuantity: number;
  trackingInfo: { number: string | null }[];
};

/** No job runs beside what is sent. */
const noJobs = { waker: createBulkWaker(), workDir: "" };

/** So many hours from now: whatever waits by then is due, whatever was leased is free. */
export const inHours = (hours: number) => () => new Date(Date.now() + hours * 3_600_000);
export const later = inHours(3);

async function aShopThatSends(at: ConnectedShop) {
  const { pool, shop, context, simulator } = at;
  const kinds = Object.fromEntries([...intentKinds, "fulfillmentOrderMove"].map((kind) => [kind, true]));
  await pool.query(`update "Shop" set "cutOverAt" = '2000-01-01', settings = $2 where shop = $1`, [
    shop,
    JSON.stringify({ writeBack: kinds }),
  ]);
  for (const job of ["products", "orders"] as const) await runJobOf(at, job);
  const rows = async <Row extends object = Record<string, unknown>>(sql: string, values: unknown[] = []) =>
    (await pool.query<Row & Record<string, unknown>>(sql, [shop, ...values])).rows;
  const hear = async () => {
    await simulator.webhooks.idle();
    // On a busy machine a record is put aside for the worker, too.
    const { signal } = new AbortController();
    const news = { ...context, signal, handlers: appNewsHandlers({ ...context, ...noJobs }) };
    while ((await handleNewsBetweenJobs({ pool }, news)) > 0);
    return processPendingOrders(pool, { shop, limit: Infinity, now: context.now() });
  };
  const act = (orderId: string, action: object) =>
    performOrderAction(pool, {
      ...{ shop, orderId, actor: "Ravi", now: context.now() },
      action: OrderAction.parse(action) satisfies Action,
    });
  const fulfillmentsOf = (orderId: string) =>
    readNodes(at.store.node(`gid://shopify/Order/${orderId}`) ?? {}, "fulfillments")
      .map((one) => one as SimNode & StoredFulfillment)
      .filter(({ status }) => status === "SUCCESS");
  return {
    ...at,
    rows,
    /** An order with goods to send, all of it open, of at least so many units. */
    async anOpenOrder(
      units = 1,
      lines = 1,
    ): Promise<{ id: string; lines: { lineId: string; qty: number }[] }> {
      const [order] = await rows<{ id: string; lines: { lineId: string; qty: number }[] }>(
        `select o."shopifyOrderId" as id, json_agg(json_build_object('lineId', l."shopifyLineId", 'qty', l.qty)
             order by l.position) as lines
           from "Order" o join "OrderLine" l using (shop, "shopifyOrderId") where o.shop = $1 and o.status = 'open' and not o.test
          group by 1 having bool_and(l."lineStatus" = 'pending' and l."requiresShipping") and sum(l.qty) >= $2 and count(*) >= $3
            order by 1 limit 1`,
        [units, lines],
      );
      if (!order) throw new Error("the store has no open order");
      return order;
    },
    act,
    /** One turn of a worker; it is to stop when `signal` aborts. */
    send: (now: () => Date = context.now, fetch = at.fetch, signal = new AbortController().signal) =>
      sendForShop(pool, {
        ...{ shop, now, signal, log: createLog("silent") },
        connect: () => shopClient(context, { shop, fetch, signal, maxTries: 1, patienceMs: 0 }),
      }),
    /** What Shopify tells of it comes and is processed. */
    hear,
    outbox: () =>
      rows<{ kind: string; status: string; errorCode: string | null; error: string | null }>(
        `select kind, status, "errorCode", error from "Outbox" where shop = $1 order by seq`,
      ),
    /** A person's word on what was wished last. */
    async settle(decision: Settlement) {
      const [row] = await rows<{ id: string }>(
        `select id from "Outbox" where shop = $1 order by seq desc limit 1`,
      );
      return settleIntent(pool, { shop, id: row?.id ?? "", decision, actor: "Ravi", now: new Date() });
    },
    /** Packs all of an order, or these lines, and hands it over as one parcel. @returns the parcel's id */
    async handOver(orderId: string, more: object = {}): Promise<string> {
      for (const action of ["pick", "pack"]) await act(orderId, { action });
      return String((await act(orderId, { action: "hand_over", ...more })).madeId);
    },
    /** A part of what an order owes has come, and waits to be told. */
    async receivePart(): Promise<void> {
      const [cod] = await rows<{ id: string; currency: string }>(
        `select "shopifyOrderId" as id, "presentmentCurrency" as currency from "Order"
         where shop = $1 and status = 'open' and "paymentMethod" = 'COD' and "amountToCollect" > 3 and not test order by 1 limit 1`,
      );
      await rows(
        `insert into "Outbox" (shop, id, kind, entity, "entityId", payload, "idempotencyKey") values ($1, 'an-intent', 'orderMarkAsPaid',
           'order', $2, jsonb_build_object('receiptId', 'r1', 'amount', '1.00', 'currency', $3::text), 'key')`,
        [cod?.id, cod?.currency],
      );
    },
    /** What left of an order, by each side: units by line, and AWBs. */
    async bothSides(orderId: string) {
      const [erp] = await rows<{ units: Record<string, number> | null; awbs: string[] }>(
        `with left_it as (select * from "Parcel" p where p.shop = $1 and p."shopifyOrderId" = $2 and p.state <> 'cancelled')
         select (select json_object_agg("shopifyLineId", qty) from (select l."shopifyLineId", sum(l.qty)::int as qty from "ParcelLine" l
             join left_it p on p.shop = l.shop and p."shopifyOrderId" = l."shopifyOrderId" and p.id = l."parcelId" group by 1) by_line) as units,
           array(select distinct "awbNumber" from left_it where "awbNumber" is not null order by 1) as awbs`,
        [orderId],
      );
      const units: Record<string, number> = {};
      const sent = fulfillmentsOf(orderId);
      for (const line of sent.flatMap((one) => readNodes(one, "fulfillmentLineItems"))) {
        const id = String(readText(line, "lineItem", "id").split("/").at(-1));
        units[id] = (units[id] ?? 0) + Number(line["quantity"]);
      }
      const numbers = sent.flatMap(({ trackingInfo }) => trackingInfo.flatMap(({ number }) => number ?? []));
      return {
        erp: { units: erp?.units ?? {}, awbs: erp?.awbs },
        store: { units, awbs: [...new Set(numbers)].sort() },
      };
    },
    /** Fulfilments of an order in the store that stand. */
    fulfillments: fulfillmentsOf,
    parcels: (orderId: string) =>
      rows(
        `select id, origin, state, "shopifyFulfillmentId" from "Parcel" where shop = $1 and "shopifyOrderId" = $2 order by id`,
        [orderId],
      ),
  };
}

export type ShopThatSends = Awaited<ReturnType<typeof aShopThatSends>>;

/** `sending()` gives a simulated shop whose orders are in the ERP, every kind switched on, and whose webhooks reach the app over HTTP. */
export const sendingTest = connectedTest.extend("sending", ({ connect, database }, { onCleanup }) => {
  const served: { close: () => Promise<unknown> }[] = [];
  onCleanup(async () => {
    for (const one of served) await one.close();
  });
  return async (options: SimulatorOptions = {}) => {
    const routes = await serveWebhookRoutes(aWebhookContext(database));
    served.push(routes);
    const webhookPaths = readAppSubscriptions("shopify.app.toml");
    return aShopThatSends(
      await connect({ appUrl: routes.url, apiSecret: aSecret, webhookPaths, ...options }),
    );
  };
});
