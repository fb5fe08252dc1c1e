import { OpenAPIHono, z } from "@hono/zod-openapi";
import { getContext } from "#app/context.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { listKinds } from "#app/outbox/list-kinds.server.ts";
import { switchKind } from "#app/outbox/switch-kind.server.ts";
import { writeBackKinds } from "#app/settings/settings-schema.ts";
import { showPreview } from "#app/writeback/show-preview.server.ts";

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

const Preview = z
  .strictObject({
    id: z.uuid().openapi({ description: "By it the kind can be switched on, for an hour." }),
    kind: Kind,
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
    description: "Of inventorySet the preview is the comparison of all stock, so this refuses.",
    request: { params },
    responses: {
      200: json(z.strictObject({ preview: Preview }), "Counts, and the oldest 20 in words"),
      ...refusals("PREVIEW_NEEDED"),
    },
  }),
  async (c) => {
    const { shop, actor } = c.var.caller;
    const { database, now } = getContext();
    const { kind } = c.req.valid("param");
    return c.json({ preview: await showPreview(database.pool, { shop, kind, actor, now: now() }) }, 200);
  },
);

writeBackApi.openapi(
  endpoint({
    ...access("switchWriteBack", "erp"),
    ...{ method: "put", path: "/write-back/{kind}", tags },
    summary: "Switch a kind off; or on, for a person who has just seen what it would send",
    description:
      "Off is done at once. On needs a session token and the id of a preview of this kind, shown within the hour and still true; no API key may.",
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
      ...refusals("NOT_FOUND", "PREVIEW_NEEDED", "SCOPE_MISSING", "SHOPIFY_STOCK_LEADS"),
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
