import { OpenAPIHono, z } from "@hono/zod-openapi";
import { getContext } from "#app/context.server.ts";
import type { AllowedAction } from "#app/erp/actions/action-outcome.ts";
import { allowedActions } from "#app/erp/actions/allowed-actions.ts";
import { loadActionState } from "#app/erp/actions/load-action-state.server.ts";
import { OrderAction } from "#app/erp/actions/order-action.ts";
import { performOrderAction } from "#app/erp/actions/perform-order-action.server.ts";
import { loadOrder } from "#app/erp/orders/load-order.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { loadIntentStatus } from "#app/outbox/load-intent-status.server.ts";

import { access, type ApiEnv } from "./access.server.ts";
import { endpoint } from "./endpoint.ts";
import { AllowedActionView, Outbox, words } from "./erp-action-schemas.ts";
import { ShopifyId } from "./erp-list.ts";
import { ErpOrderWithParts } from "./erp-order-schemas.ts";
import { OnceHeader, onceOf } from "./once.ts";
import { json, jsonBody, refusals } from "./schemas.ts";

/** What can be done with an order in the ERP, and doing it. */
export const erpActionsApi = new OpenAPIHono<ApiEnv>();

const route = { path: "/erp/orders/{id}/actions", tags: ["ERP"] };
const params = z.object({ id: ShopifyId });

erpActionsApi.openapi(
  endpoint({
    ...access("listErpOrderActions", "read"),
    ...{ method: "get", ...route },
    summary: "What can be done with an order now, and why not what cannot",
    request: { params },
    responses: {
      200: json(
        z.strictObject({ actions: z.array(AllowedActionView) }),
        "One entry per action; of parcels, cases and holds one for each",
      ),
      ...refusals("NOT_FOUND", "PAYLOAD_UNREADABLE"),
    },
  }),
  async (c) => {
    const { id: orderId } = c.req.valid("param");
    const { database, now } = getContext();
    const state = await loadActionState(database.pool, { shop: c.var.caller.shop, orderId, now: now() });
    return c.json({ actions: allowedActions(state).map(viewAllowed) }, 200);
  },
);

erpActionsApi.openapi(
  endpoint({
    ...access("performErpOrderAction", "erp"),
    ...{ method: "post", ...route },
    summary: "Do one thing with an order: allocate, pick, pack, hand over, deliver, cancel, take back …",
    description: [
      "Facts, what Shopify is to be told, and the order's new state are written in one transaction or not at all.",
      "`lines` left out: all that can be. Refund, restock and a message to the customer are off unless the body says otherwise.",
      "Send an Idempotency-Key, and the same again where no answer came: it is done once. `words` and `madeId` are those of the first",
      "answer, `order` and `outbox` as they are now.",
    ].join(" "),
    request: { params, headers: OnceHeader, body: jsonBody(OrderAction) },
    responses: {
      200: json(
        z.strictObject({
          words,
          madeId: z
            .string()
            .nullable()
            .openapi({ description: "Of the parcel or return that this made; null where it made none." }),
          order: ErpOrderWithParts,
          outbox: Outbox,
        }),
        "Done: the order as it is now, and what waits to be told to Shopify",
      ),
      ...refusals("NOT_FOUND", "ACTION_NOT_ALLOWED", "PAYLOAD_UNREADABLE", "IDEMPOTENCY_MISMATCH"),
    },
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    const action = c.req.valid("json");
    const { shop, actor } = c.var.caller;
    const { database, now } = getContext();
    const { pool } = database;
    const done = await performOrderAction(pool, {
      ...{ shop, orderId: id, action, actor, now: now() },
      once: onceOf(actor, c.req.valid("header"), { does: "order", id, ...action }),
    });
    const [order, outbox] = await Promise.all([
      loadOrder(pool, { shop, id }),
      loadIntentStatus(pool, { shop, ids: done.intentIds }),
    ]);
    if (!order) throw new AppError("NOT_FOUND", `The ERP has no order ${id}.`);
    return c.json({ words: done.words, madeId: done.madeId, order, outbox }, 200);
  },
);

function viewAllowed({ action, target, ...verdict }: AllowedAction): z.infer<typeof AllowedActionView> {
  return verdict.ok
    ? { action, target, ok: true, units: verdict.units, refused: null }
    : { action, target, ok: false, units: [], refused: verdict.refused };
}
