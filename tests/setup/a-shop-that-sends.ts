import type { OrderAction as Action } from "#app/erp/actions/order-action.ts";
import { OrderAction } from "#app/erp/actions/order-action.ts";
import { performOrderAction } from "#app/erp/actions/perform-order-action.server.ts";
import { processPendingOrders } from "#app/erp/processor/process-pending-orders.server.ts";
import { intentKinds } from "#app/outbox/outbox-intent.ts";
import { createLog } from "#app/lib/log.server.ts";
import { shopClient } from "#app/shopify/client/shop-client.server.ts";
import { sendForShop } from "#app/writeback/send-for-shop.server.ts";
import type { SimulatorOptions } from "#simulator/start-simulator.ts";
import { readNodes } from "#simulator/store/read-record.ts";
import { readAppSubscriptions } from "#simulator/webhooks/app-subscriptions.ts";
import { aSecret } from "#tests/webhooks/a-delivery.ts";
import { serveWebhookRoutes } from "#tests/webhooks/serve-webhook-routes.ts";
import { aWebhookContext } from "#tests/webhooks/webhook-context.ts";
import { connectedTest, runJobOf, type ConnectedShop } from "./a-connected-shop.ts";

type StoredFulfillment = {
  id: string;
  status: string;
  totalQuantity: number;
  trackingInfo: { number: string | null }[];
};

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
    return processPendingOrders(pool, { shop, limit: Infinity, now: context.now() });
  };
  return {
    ...at,
    rows,
    /** An order with goods to send, all of it open, of at least so many units. */
    async anOpenOrder(units = 1): Promise<{ id: string; lines: { lineId: string; qty: number }[] }> {
      const [order] = await rows<{ id: string; lines: { lineId: string; qty: number }[] }>(
        `select o."shopifyOrderId" as id, json_agg(json_build_object('lineId', l."shopifyLineId", 'qty', l.qty)
             order by l.position) as lines
           from "Order" o join "OrderLine" l using (shop, "shopifyOrderId") where o.shop = $1 and o.status = 'open' and not o.test
          group by 1 having bool_and(l."lineStatus" = 'pending' and l."requiresShipping") and sum(l.qty) >= $2 order by 1 limit 1`,
        [units],
      );
      if (!order) throw new Error("the store has no open order");
      return order;
    },
    act: (orderId: string, action: object) =>
      performOrderAction(pool, {
        ...{ shop, orderId, actor: "Ravi", now: context.now() },
        action: OrderAction.parse(action) satisfies Action,
      }),
    /** One turn of a worker; again and again until nothing is due when `all`. */
    send: (now: () => Date = context.now, fetch = at.fetch) =>
      sendForShop(pool, {
        ...{ shop, now, log: createLog("silent") },
        connect: () => shopClient(context, { shop, fetch, maxTries: 1, patienceMs: 0 }),
      }),
    /** What Shopify tells of it comes and is processed. */
    hear,
    outbox: () =>
      rows<{ kind: string; status: string; errorCode: string | null; error: string | null }>(
        `select kind, status, "errorCode", error from "Outbox" where shop = $1 order by seq`,
      ),
    /** Fulfilments of an order in the store that stand. */
    fulfillments: (orderId: string) =>
      readNodes(at.store.node(`gid://shopify/Order/${orderId}`) ?? {}, "fulfillments")
        .map((one) => one as unknown as StoredFulfillment)
        .filter(({ status }) => status === "SUCCESS"),
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
