import { OpenAPIHono, z } from "@hono/zod-openapi";
import { getContext } from "#app/context.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { listKinds } from "#app/outbox/list-kinds.server.ts";
import { writeBackKinds } from "#app/settings/settings-schema.ts";
import { showPreview } from "#app/writeback/show-preview.server.ts";
import { showStockPreview } from "#app/writeback/show-stock-preview.server.ts";
import { switchKind } from "#app/writeback/switch-kind.server.ts";

import { access, type ApiEnv } from "./access.server.ts";
import { endpoint } from "./endpoint.ts";
import { Instant, json, jsonBody, refusals } from "./schemas.ts";

/** What may leave for Shopify, kind by kind: how it stands, what it would send, and its switch. */
export const writeBackApi = new OpenAPIHono<ApiEnv>();

const Kind = z.enum(writeBackKinds);
const Count = z.int().min(0);
const missingScope = z.string().nullable().openapi({
  description: "Shopify's permission that it lacks; null: none. Asked for on the app's page Write-back.",
});
const params = z.object({ kind: Kind });
const tags = ["Write-back"];

const KindStanding = z
  .strictObject({
    kind: Kind,
    on: z.boolean(),
    waiting: Count.openapi({
      description:
        "How many wait to be sent. Of fulfillmentOrderMove: how many parcels name the location they left from.",
    }),
    missingScope,
  })
  .openapi("WriteBackKind");

const id = z
  .uuid()
  .openapi({ description: "By it whoever was shown it can switch the kind on, for an hour." });

const Preview = z
  .strictObject({
    ...{ id, kind: Kind.exclude(["inventorySet"]) },
    waiting: Count,
    refunds: Count.openapi({ description: "Of those, how many give money back to the customer." }),
    messages: Count.openapi({ description: "Of those, how many make Shopify write to the customer." }),
    examples: z.array(
      z.strictObject({
        ...{ id: z.uuid(), orderId: z.string(), words: z.string(), createdAt: Instant },
        ...{ refunds: z.boolean(), notifies: z.boolean() },
      }),
    ),
    missingScope,
  })
  .openapi("WriteBackPreview");

const StockPreview = z
  .strictObject({
    ...{ id, kind: z.literal("inventorySet") },
    levels: Count.openapi({ description: "All that were compared: equal, differing and left alone." }),
    ...{ equal: Count, differ: Count },
    raised: Count.openapi({ description: "Of those that differ: Shopify's number would go up." }),
    ...{ raisedUnits: Count, lowered: Count, loweredUnits: Count },
    ...{ archived: Count, bundle: Count, untracked: Count, not_stocked: Count, nothing_said: Count },
    waiting: Count.openapi({ description: "Changes that have waited for it, and leave at once." }),
    missingScope,
  })
  .openapi("StockWriteBackPreview");

const kindOf = async (shop: string, kind: z.infer<typeof Kind>) => {
  const { kinds } = await listKinds(getContext().database.pool, { shop });
  const standing = kinds.find((one) => one.kind === kind);
  if (standing === undefined) throw new AppError("NOT_FOUND", `There is no kind ${kind}`);
  return standing;
};

writeBackApi.openapi(
  endpoint({
    ...access("listWriteBackKinds", "read"),
    ...{ method: "get", path: "/write-back", tags },
    summary: "Every kind of write-back: whether it is on, how many wait, which permission it lacks",
    responses: {
      200: json(z.strictObject({ kinds: z.array(KindStanding) }), "One entry a kind"),
      ...refusals(),
    },
  }),
  async (c) => {
    const { kinds } = await listKinds(getContext().database.pool, { shop: c.var.caller.shop });
    return c.json({ kinds }, 200);
  },
);

writeBackApi.openapi(
  endpoint({
    ...access("previewWriteBack", "staff"),
    ...{ method: "post", path: "/write-back/{kind}/preview", tags },
    summary: "What a kind would send if it were switched on now, and the note that this person was shown it",
    description:
      "Of inventorySet it is the comparison of all stock in figures (`GET /api/stock/compare` gives the levels): it needs that the ERP's stock leads, and that Shopify's was read as a whole once.",
    request: { params },
    responses: {
      200: json(
        z.strictObject({ preview: z.union([Preview, StockPreview]) }),
        "Counts, and the oldest 20 in words; of stock the comparison in figures",
      ),
      ...refusals("SHOPIFY_STOCK_LEADS", "STOCK_NOT_SYNCED"),
    },
  }),
  async (c) => {
    const { shop, actor } = c.var.caller;
    const { database, now } = getContext();
    const { kind } = c.req.valid("param");
    const to = { shop, actor, now: now() };
    const preview =
      kind === "inventorySet"
        ? await showStockPreview(database.pool, to)
        : await showPreview(database.pool, { ...to, kind });
    return c.json({ preview }, 200);
  },
);

writeBackApi.openapi(
  endpoint({
    ...access("switchWriteBack", "erp"),
    ...{ method: "put", path: "/write-back/{kind}", tags },
    summary: "Switch a kind off; or on, for a person who has just seen what it would send",
    description:
      "Off is done at once. On needs a session token and the id of a preview of this kind that this person was shown within the hour and that is still true; no API key may.",
    request: {
      params,
      body: jsonBody(
        z.strictObject({
          on: z.boolean(),
          previewId: z.uuid().optional().openapi({ description: "Of the preview; needed for on." }),
        }),
      ),
    },
    responses: {
      200: json(z.strictObject({ kind: KindStanding }), "The kind as it stands now"),
      ...refusals("NOT_FOUND", "PREVIEW_NEEDED", "SCOPE_MISSING", "SHOPIFY_STOCK_LEADS", "STOCK_NOT_SYNCED"),
    },
  }),
  async (c) => {
    const { shop, actor, via } = c.var.caller;
    const { database, now } = getContext();
    const { kind } = c.req.valid("param");
    const { on, previewId = null } = c.req.valid("json");
    if (on && via !== "session")
      throw new AppError(
        "FORBIDDEN",
        "Only a person who has seen what it would send may switch it on; no API key may.",
        { next: "Switch it on in the app, on the page Write-back." },
      );
    await switchKind(database.pool, { shop, kind, on, previewId, actor, now: now() });
    return c.json({ kind: await kindOf(shop, kind) }, 200);
  },
);
