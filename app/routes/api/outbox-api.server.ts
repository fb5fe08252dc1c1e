import { OpenAPIHono, z } from "@hono/zod-openapi";
import { getContext } from "#app/context.server.ts";
import { AppError, explainError } from "#app/lib/errors.ts";
import { intentKinds, outboxStatuses } from "#app/outbox/outbox-intent.ts";
import { intentStandings } from "#app/outbox/intent-standing.ts";
import { settleIntent } from "#app/writeback/settle-intent.server.ts";
import { settlements } from "#app/outbox/settlements.ts";
import { listOutbox } from "#app/writeback/list-outbox.server.ts";
import type { OutboxRow } from "#app/writeback/outbox-row.ts";

import { access, type ApiEnv } from "./access.server.ts";
import { PageQuery, pageOf, readCursor } from "./cursor.ts";
import { endpoint } from "./endpoint.ts";
import { words } from "./erp-action-schemas.ts";
import { ShopifyId } from "./erp-list.ts";
import { Instant, json, jsonBody, PlainText, refusals } from "./schemas.ts";
import { Failure, readErrorCode } from "./failure.ts";

/** What Shopify is told of what happened in the ERP: what waits, what was sent, and what somebody decides. */
export const outboxApi = new OpenAPIHono<ApiEnv>();

const tags = ["Outbox"];

const Update = z
  .strictObject({
    id: z.uuid(),
    kind: z.enum(intentKinds),
    entity: z.enum(["order", "stock"]),
    entityId: z.string().openapi({
      description: "Shopify's id of the order; of stock `{inventory item}@{location}`.",
    }),
    orderNumber: z.string().nullable(),
    stock: z
      .strictObject({ skuId: z.string().nullable(), sku: z.string(), location: z.string() })
      .nullable()
      .openapi({ description: "Of a stock level: whose and where; null of an order." }),
    words: z.string().openapi({ description: "What is wished in Shopify." }),
    status: z.enum(outboxStatuses).openapi({
      description:
        "waiting; sent; already: Shopify had it so; conflict: both sides differ and somebody decides; refused: Shopify said no; dropped: it is not to be sent, or, of a payment, Shopify is told with a later one (error says so).",
    }),
    standing: z.enum(intentStandings).openapi({
      description:
        "Its status; of what waits, for what: off or not_granted (until its kind is switched on, or permitted), behind (an earlier one of the same record), sending, again (tried, and tried again at nextRetryAt), due.",
    }),
    conflict: z
      .strictObject({ erp: z.string(), shopify: z.string(), next: z.string() })
      .nullable()
      .openapi({ description: "Both sides in words, where they differ." }),
    error: z.union([Failure, z.null()]),
    said: z.string().nullable().openapi({ description: "What came of it." }),
    attempts: z.int(),
    ...{ nextRetryAt: Instant.nullable(), actor: z.string(), createdAt: Instant },
    endedAt: Instant.nullable().openapi({ description: "When it was sent, found done, or dropped." }),
  })
  .openapi("OutboxUpdate");

outboxApi.openapi(
  endpoint({
    ...access("listOutbox", "read"),
    ...{ method: "get", path: "/outbox", tags },
    summary: "What Shopify is told, the newest first",
    request: {
      query: PageQuery.extend({
        status: z.enum(outboxStatuses).optional(),
        kind: z.enum(intentKinds).optional(),
        orderId: ShopifyId.optional(),
        search: PlainText.max(100).optional().openapi({
          description: "An order's number, an AWB or a SKU.",
        }),
      }),
    },
    responses: { 200: json(pageOf(Update), "A page of updates"), ...refusals() },
  }),
  async (c) => {
    const { limit, after, status, kind, orderId, search } = c.req.valid("query");
    const key = readCursor(after, z.tuple([Instant, PlainText.max(50)]));
    const { database, now } = getContext();
    const { rows, next } = await listOutbox(database.pool, {
      ...{ shop: c.var.caller.shop, limit, orderId, search, now: now() },
      at: key && { side: "after", key },
      ...{ statuses: status && [status], kinds: kind && [kind] },
    });
    return c.json({ items: rows.map(viewUpdate), next }, 200);
  },
);

outboxApi.openapi(
  endpoint({
    ...access("getOutboxUpdate", "read"),
    ...{ method: "get", path: "/outbox/{id}", tags },
    summary: "One update to Shopify",
    request: { params: z.object({ id: z.uuid() }) },
    responses: { 200: json(Update, "The update"), ...refusals("NOT_FOUND") },
  }),
  async (c) => c.json(await loadUpdate(c.var.caller.shop, c.req.valid("param").id), 200),
);

outboxApi.openapi(
  endpoint({
    ...access("settleOutboxUpdate", "erp"),
    ...{ method: "post", path: "/outbox/{id}/settle", tags },
    summary:
      "Decide on an update that was not sent: send it again, do not send it, or say that a payment is booked",
    description:
      "send_again: at once, with Shopify as it is now; drop: it is not sent, which cannot be taken back; booked, of a payment (orderMarkAsPaid) only: it is in Shopify already. Of a payment that is not in Shopify, drop leaves it: it counts as received, parcels still to come collect that much less, and Shopify is told once all of the order has been received; if it is in Shopify, choose booked, else it is taken off twice. booked and send_again can still be said of a payment that was dropped. What was sent, or is being sent just now, is refused.",
    request: {
      params: z.object({ id: z.uuid() }),
      body: jsonBody(z.strictObject({ decision: z.enum(settlements) })),
    },
    responses: {
      200: json(z.strictObject({ words, update: Update }), "Decided"),
      ...refusals("NOT_FOUND", "ACTION_NOT_ALLOWED"),
    },
  }),
  async (c) => {
    const { shop, actor } = c.var.caller;
    const { database, now } = getContext();
    const { id } = c.req.valid("param");
    const { decision } = c.req.valid("json");
    const settled = await settleIntent(database.pool, { shop, id, decision, actor, now: now() });
    return c.json({ words: settled.words, update: await loadUpdate(shop, id) }, 200);
  },
);

async function loadUpdate(shop: string, id: string): Promise<z.infer<typeof Update>> {
  const { database, now } = getContext();
  const { rows } = await listOutbox(database.pool, { shop, id, limit: 1, now: now() });
  const [row] = rows;
  if (row === undefined) throw new AppError("NOT_FOUND", `There is no update ${id} to Shopify here.`);
  return viewUpdate(row);
}

function viewUpdate({ errorCode, error, next, sentAt: _, ...row }: OutboxRow): z.infer<typeof Update> {
  const known = errorCode === null ? null : explainError(errorCode);
  return {
    ...row,
    // Why it was not sent, where nobody decided that.
    said: row.said ?? (row.status === "dropped" ? error : null),
    error: known && {
      code: readErrorCode(errorCode ?? ""),
      text: error ?? known.words,
      next: next ?? known.next,
    },
  };
}
