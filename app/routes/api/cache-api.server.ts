import { OpenAPIHono, z } from "@hono/zod-openapi";
import { entryStatuses } from "#app/cache/entry-status.ts";
import { listCacheEntries } from "#app/cache/list-cache-entries.server.ts";
import { loadCacheStatus } from "#app/cache/load-cache-status.server.ts";
import { loadPayloadsOfEntry } from "#app/cache/load-payloads-of-entry.server.ts";
import { getContext } from "#app/context.server.ts";
import { AppError } from "#app/lib/errors.ts";

import { access, type ApiEnv } from "./access.server.ts";
import { endpoint } from "./endpoint.ts";
import { CacheEntry, CacheEntryAnswer, CacheKindName, CacheStatusAnswer, EntryKey } from "./cache-schemas.ts";
import { PageQuery, pageOf, readCursor, toPage } from "./cursor.ts";
import { loadNotApplied } from "./load-not-applied.server.ts";
import { ErrorCodeName, Instant, json, refusals } from "./schemas.ts";
import { viewCacheEntry, viewCacheStatus, viewPayload } from "./view-cache.ts";

/** What Shopify has said, as it is kept, and how far it has got into the ERP. */
export const cacheApi = new OpenAPIHono<ApiEnv>();

const tags = ["Cache"];

cacheApi.openapi(
  endpoint({
    ...access("getCacheStatus", "read"),
    ...{ method: "get", path: "/shopify/cache/cache-status", tags },
    summary: "How many entries wait, are processed or failed, and why",
    responses: { 200: json(CacheStatusAnswer, "By kind of record, and by reason"), ...refusals() },
  }),
  async (c) => {
    const { database, now } = getContext();
    const at = now();
    const status = await loadCacheStatus(database.pool, { shop: c.var.caller.shop });
    return c.json(viewCacheStatus(status, at), 200);
  },
);

const EntryQuery = PageQuery.extend({
  status: z.enum([...entryStatuses, "toFetch"]).optional(),
  errorCode: ErrorCodeName.optional().openapi({ description: "Entries that failed with it." }),
  number: z
    .string()
    .regex(/^\P{Cc}{1,100}$/u)
    .optional()
    .openapi({ description: "Of orders: the number exactly as Shopify has it, #1001 as %231001." }),
});

cacheApi.openapi(
  endpoint({
    ...access("listCacheEntries", "read"),
    ...{ method: "get", path: "/shopify/cache/{kind}", tags },
    summary: "The entries of a kind, received last first",
    description:
      "Without their payloads. An entry that comes again while you go through the pages moves to the beginning of the list.",
    request: { params: z.object({ kind: CacheKindName }), query: EntryQuery },
    responses: { 200: json(pageOf(CacheEntry), "A page of entries"), ...refusals() },
  }),
  async (c) => {
    const { kind } = c.req.valid("param");
    const { limit, after, ...filter } = c.req.valid("query");
    if (filter.number !== undefined && kind !== "order")
      throw new AppError("VALIDATION", "number: only orders have one.");
    const [receivedAt, id] = readCursor(after, z.tuple([Instant, EntryKey.shape.id])) ?? [];
    const rows = await listCacheEntries(getContext().database.pool, {
      ...{ shop: c.var.caller.shop, kind, limit: limit + 1, ...filter },
      ...(receivedAt === undefined || id === undefined
        ? {}
        : { after: { receivedAt: new Date(receivedAt), id } }),
    });
    type Row = (typeof rows)[number];
    const keyOf = (row: Row) => [row.receivedAt.toISOString(), row.id];
    return c.json(toPage(rows, { limit, keyOf, view: (row) => viewCacheEntry(kind, row) }), 200);
  },
);

cacheApi.openapi(
  endpoint({
    ...access("getCacheEntry", "read"),
    ...{ method: "get", path: "/shopify/cache/{kind}/{id}", tags },
    summary: "One entry with everything Shopify said of it",
    request: { params: EntryKey },
    responses: { 200: json(CacheEntryAnswer, "The entry and its payloads"), ...refusals("NOT_FOUND") },
  }),
  async (c) => {
    const { kind, id } = c.req.valid("param");
    const { shop } = c.var.caller;
    const context = getContext();
    const { pool } = context.database;
    const [row] = await listCacheEntries(pool, { shop, kind, id, limit: 1 });
    const payloads = await loadPayloadsOfEntry(pool, { shop, kind, id });
    if (!row || !payloads) throw new AppError("NOT_FOUND", `The cache holds no ${kind} ${id}.`);
    const notApplied = kind === "order" ? await loadNotApplied(context, { shop, orderId: id }) : null;
    return c.json(
      {
        entry: viewCacheEntry(kind, row),
        payload: viewPayload(payloads.newest),
        slots: payloads.slots.map(viewPayload),
        history: payloads.history.map(viewPayload),
        notApplied,
      },
      200,
    );
  },
);
