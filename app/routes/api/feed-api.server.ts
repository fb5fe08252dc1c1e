import { OpenAPIHono, z } from "@hono/zod-openapi";
import { getContext } from "#app/context.server.ts";
import { writeCursor } from "#app/lib/cursor.ts";
import type { FeedPosition } from "#app/outbox/feed-position.ts";
import { readFeed } from "#app/outbox/read-feed.server.ts";

import { access, type ApiEnv } from "./access.server.ts";
import { readCursor } from "./cursor.ts";
import { endpoint } from "./endpoint.ts";
import { Instant, json, refusals } from "./schemas.ts";
import { waitForChanges } from "./wait-for-changes.ts";

/** The change feed: what changed in the ERP, in an order that can be followed without a gap. */
export const feedApi = new OpenAPIHono<ApiEnv>();

const Change = z
  .strictObject({
    id: z
      .string()
      .openapi({ description: "Of this change, the same however often it is read. Not in order." }),
    entity: z.string().openapi({
      description: "order, product, customer or stock; others may be added: pass over what you do not know.",
      example: "order",
    }),
    entityId: z.string().openapi({
      description:
        "The record's id in the list endpoints; of stock `{inventory item}@{location}`, or `{SKU id}@{location}` with the part erp.",
    }),
    change: z.string().openapi({ description: "created, updated or archived.", example: "updated" }),
    parts: z.array(z.string()).openapi({
      description:
        "What of it changed; empty: all of it. Of an order: order, lines, money, parcels, returns. `redacted`: forget the person too.",
    }),
    ids: z.record(z.string(), z.array(z.string())).openapi({
      description:
        "Of an order's lines, parcels and returns those that came, went or changed, by their ids in the order; a part that is not named here is to be read whole.",
      example: { lines: ["13804274672634"], parcels: ["37ae3977-b94d-4ed3-9a39-ed41dfb811b2"] },
    }),
    at: Instant.openapi({ description: "When the run began that changed it." }),
  })
  .openapi("Change", { description: "Ids only: read the record to see what it is now." });

const Digits = z.string().regex(/^\d{1,18}$/);
const CursorKey = z.tuple([z.uuid(), Digits, Digits]);
const NEWEST = "now";

feedApi.openapi(
  endpoint({
    // A reader asks every half minute, and it is told ids only; when a key was last used stands with the key.
    ...access("readFeed", "read", "refused"),
    ...{ method: "get", path: "/feed", tags: ["Feed"] },
    summary: "What changed after a cursor, in an order without gaps; waits for something if asked to",
    request: {
      query: z.strictObject({
        after: z.string().max(500).optional().openapi({
          description:
            "`next` of the answer before. Left out: from the oldest change kept. `now`: no changes, but the newest cursor.",
        }),
        limit: z.coerce
          .number()
          .int()
          .min(1)
          .max(1000)
          .default(250)
          .openapi({ description: "How many at most." }),
        wait: z.coerce.number().int().min(0).max(30).default(0).openapi({
          description:
            "Seconds to wait for a change where there is none; the answer comes as soon as there is one.",
        }),
      }),
    },
    responses: {
      200: json(
        z.strictObject({
          changes: z.array(Change),
          next: z
            .string()
            .openapi({ description: "Keep it with what you have applied, and send it as `after`." }),
          hasMore: z.boolean().openapi({ description: "There is more now: ask again at once." }),
          heldBackSince: Instant.nullable().openapi({
            description:
              "The oldest change that is known here and not told yet, because a transaction that began earlier still runs.",
          }),
        }),
        "Changes, the oldest first",
      ),
      ...refusals("FEED_EXPIRED", "FEED_BUSY"),
    },
  }),
  async (c) => {
    const { after: text, limit, wait } = c.req.valid("query");
    const { database, closing } = getContext();
    const { shop } = c.var.caller;
    const after = text === NEWEST ? NEWEST : readPlace(text);
    const { signal } = c.req.raw;
    const page = await waitForChanges(() => readFeed(database.pool, { shop, after, limit }), {
      ...{ shop, seconds: after === NEWEST ? 0 : wait },
      signal: closing ? AbortSignal.any([signal, closing]) : signal,
    });
    const { epoch, transactionId, seq } = page.next;
    return c.json(
      {
        changes: page.changes.map(({ at, ...change }) => ({ ...change, at: at.toISOString() })),
        next: writeCursor([epoch, transactionId, seq]),
        hasMore: page.hasMore,
        heldBackSince: page.heldBackSince?.toISOString() ?? null,
      },
      200,
    );
  },
);

function readPlace(text: string | undefined): FeedPosition | null {
  const key = readCursor(text, CursorKey);
  return key && { epoch: key[0], transactionId: key[1], seq: key[2] };
}
