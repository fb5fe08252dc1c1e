import { OpenAPIHono, z } from "@hono/zod-openapi";
import { getContext } from "#app/context.server.ts";
import { bookRemittance } from "#app/erp/actions/book-remittance.server.ts";
import { listRemittances } from "#app/erp/actions/list-remittances.server.ts";
import { RemittanceEntry, remittanceProblems, remittanceStatuses } from "#app/erp/actions/remittance.ts";
import { settleRemittance } from "#app/erp/actions/settle-remittance.server.ts";
import { loadIntentStatus } from "#app/outbox/load-intent-status.server.ts";

import { access, type ApiEnv } from "./access.server.ts";
import { PageQuery, pageOf, readCursor } from "./cursor.ts";
import { endpoint } from "./endpoint.ts";
import { Outbox, words } from "./erp-action-schemas.ts";
import { ShopifyId } from "./erp-list.ts";
import { OnceHeader, onceOf } from "./once.ts";
import { Amount, Instant, json, jsonBody, PlainText, refusals } from "./schemas.ts";

/** What couriers paid out, AWB by AWB, and the queue of what does not fit. */
export const erpRemittancesApi = new OpenAPIHono<ApiEnv>();

const tags = ["ERP"];
/** As many as a body of 64 kB holds, with every field. */
const MOST_ENTRIES = 250;

const ProblemName = z
  .enum(remittanceProblems)
  .nullable()
  .openapi({ description: "Why it was not booked by itself; null where it was." });

const Remittance = z
  .strictObject({
    ...{ id: z.string(), awbNumber: z.string(), reference: z.string(), amount: Amount, deduction: Amount },
    date: z.iso.date(),
    status: z.enum(remittanceStatuses).openapi({
      description:
        "booked: by itself; open: in the queue; accepted: booked by a person all the same; dismissed: not booked.",
    }),
    ...{ problem: ProblemName, words: z.string() },
    orderIds: z.array(z.string()).openapi({ description: "The orders it was booked on." }),
    ...{ createdBy: z.string(), createdAt: Instant },
    ...{ settledBy: z.string().nullable(), settledAt: Instant.nullable() },
  })
  .openapi("Remittance");

erpRemittancesApi.openapi(
  endpoint({
    ...access("bookErpRemittances", "erp"),
    ...{ method: "post", path: "/erp/remittances", tags },
    summary: "Book what a courier paid out, one AWB or many",
    description: [
      "`amount` is what was paid out, `deduction` what the courier kept; together they are what it collected.",
      "An AWB of several combined orders is booked on all of them. What does not fit goes into the queue of differences.",
      "The same entry sent again is `already`, so a call without an answer is simply sent again; it needs no Idempotency-Key.",
    ].join(" "),
    request: {
      body: jsonBody(z.strictObject({ entries: z.array(RemittanceEntry).min(1).max(MOST_ENTRIES) })),
    },
    responses: {
      200: json(
        z.strictObject({
          ...{ booked: z.int(), already: z.int(), queued: z.int() },
          entries: z.array(
            z.strictObject({
              ...{ id: z.string(), status: z.enum(["booked", "already", "queued"]) },
              ...{ problem: ProblemName, words: z.string() },
            }),
          ),
        }),
        "What came of each entry, in their order",
      ),
      ...refusals(),
    },
  }),
  async (c) => {
    const { shop, actor } = c.var.caller;
    const { database, now } = getContext();
    const { entries } = c.req.valid("json");
    return c.json(await bookRemittance(database.pool, { shop, entries, actor, now: now() }), 200);
  },
);

erpRemittancesApi.openapi(
  endpoint({
    ...access("listErpRemittances", "read"),
    ...{ method: "get", path: "/erp/remittances", tags },
    summary: "What couriers paid out, the newest first; with status=open the queue of differences",
    request: {
      query: PageQuery.extend({
        status: z.enum(remittanceStatuses).optional(),
        problem: z.enum(remittanceProblems).optional(),
      }),
    },
    responses: { 200: json(pageOf(Remittance), "A page of remittances"), ...refusals() },
  }),
  async (c) => {
    const { limit, after, status, problem } = c.req.valid("query");
    const key = readCursor(after, z.tuple([Instant, PlainText.max(50)]));
    const { rows, next } = await listRemittances(getContext().database.pool, {
      ...{ shop: c.var.caller.shop, sort: "created desc", limit },
      at: key && { side: "after", key },
      filter: { statuses: status && [status], problems: problem && [problem] },
    });
    return c.json({ items: rows, next }, 200);
  },
);

erpRemittancesApi.openapi(
  endpoint({
    ...access("settleErpRemittance", "erp"),
    ...{ method: "post", path: "/erp/remittances/{id}/settle", tags },
    summary: "Settle a difference: book it as it came, or leave it unbooked",
    request: {
      params: z.object({ id: z.uuid() }),
      headers: OnceHeader,
      body: jsonBody(
        z.strictObject({
          decision: z.enum(["accept", "dismiss"]),
          orderId: ShopifyId.optional().openapi({
            description: "On which order, where no parcel has the AWB.",
          }),
        }),
      ),
    },
    responses: {
      200: json(z.strictObject({ words, outbox: Outbox }), "Settled"),
      ...refusals("NOT_FOUND", "ACTION_NOT_ALLOWED", "IDEMPOTENCY_MISMATCH"),
    },
  }),
  async (c) => {
    const { shop, actor } = c.var.caller;
    const { database, now } = getContext();
    const { pool } = database;
    const { id } = c.req.valid("param");
    const body = c.req.valid("json");
    const settled = await settleRemittance(pool, {
      ...{ shop, id, ...body, actor, now: now() },
      once: onceOf(actor, c.req.valid("header"), { does: "settle", id, ...body }),
    });
    const outbox = await loadIntentStatus(pool, { shop, ids: settled.intentIds });
    return c.json({ words: settled.words, outbox }, 200);
  },
);
