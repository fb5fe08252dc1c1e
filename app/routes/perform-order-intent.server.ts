import { correctPaymentMethod } from "#app/erp/payments/correct-payment-method.server.ts";
import { processPendingOrders } from "#app/erp/processor/process-pending-orders.server.ts";
import { fetchOrder, type FetchedOrder } from "#app/jobs/fetch-order.server.ts";
import { AppError, explainError } from "#app/lib/errors.ts";
import { recordAudit } from "#app/lib/record-audit.server.ts";
import { storableText } from "#app/lib/storable-text.ts";
import type { PageAnswer } from "#app/ui/page-answer.ts";

import type { PageRequest } from "./load-page.server.ts";
import type { OrderIntent } from "./order-intent.ts";
import { pageClient } from "./page-client.server.ts";
import { performOrderAct } from "./perform-order-act.server.ts";
import { performOutboxIntent } from "./perform-outbox-intent.server.ts";
import { retryFailures } from "./retry-failures.server.ts";

/**
 * Does what a person wants of one order, and says how it went.
 * @throws AppError where it cannot be done, in words
 */
export async function performOrderIntent(
  visit: PageRequest,
  id: string,
  intent: OrderIntent,
): Promise<PageAnswer> {
  const { context, pool, shop, userId, now } = visit;
  if (intent.intent === "act") return performOrderAct(visit, id, intent.action);
  if (intent.intent === "settle") return performOutboxIntent(visit, intent);
  if (intent.intent === "retry") {
    const { message } = await retryFailures(context, {
      ...{ shop, requestedBy: "page", one: { kind: "order", id } },
    });
    return { ok: true, message };
  }
  if (intent.intent === "correct-payment") {
    const { method, reason } = intent;
    if (reason === "")
      throw new AppError(
        "VALIDATION",
        "Say why the payment method is another, so that others understand it.",
      );
    const word = method === "rules" ? null : method;
    await correctPaymentMethod(pool, {
      ...{ shop, shopifyOrderId: id, method: word, actor: userId, reason: storableText(reason), now },
    });
    // Somebody waits to see it: the order is computed here, and by the worker should it be at it just now.
    await processPendingOrders(pool, { shop, limit: 1, ids: [id], now });
    return {
      ok: true,
      message: word === null ? "The payment rules decide again" : `The order is ${word} now`,
    };
  }
  const client = pageClient(context, visit);
  const result = await fetchOrder(context, { shop, client, id });
  if (!result.found) throw new AppError("NOT_FOUND", result.message);
  await recordAudit(pool, { shop, actor: userId, action: "order.fetch", target: id, details: {}, now });
  const [order] = result.orders;
  if (order?.outcome === "failed" && order.error !== null)
    return {
      ok: false,
      code: order.errorCode ?? "INTERNAL",
      message: order.error,
      next: explainError(order.errorCode ?? "INTERNAL").next,
    };
  return { ok: true, message: order === undefined ? null : outcomeWords[order.outcome] };
}

const outcomeWords: Record<FetchedOrder["outcome"], string> = {
  created: "Fetched: the order is in the ERP now",
  updated: "Fetched: the order is up to date",
  unchanged: "Fetched: nothing has changed",
  failed: "Fetched, but it could not be processed",
  waiting: "Fetched: the worker is at it",
};
