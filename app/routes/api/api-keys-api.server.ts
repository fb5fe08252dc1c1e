import { OpenAPIHono, z } from "@hono/zod-openapi";
import { getContext } from "#app/context.server.ts";
import { createApiKey, listApiKeys, revokeApiKey, type ApiKey } from "#app/settings/api-keys.server.ts";
import { apiScopes } from "#app/settings/api-scopes.ts";

import { access, type ApiEnv } from "./access.server.ts";
import { endpoint } from "./endpoint.ts";
import { Instant, json, jsonBody, PlainText, refusals } from "./schemas.ts";

/** API keys: made, listed, revoked by a person in the app. */
export const apiKeysApi = new OpenAPIHono<ApiEnv>();

const tags = ["API keys"];
const ApiKeySchema = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    prefix: z.string().openapi({ description: "How the key begins, to tell it from others." }),
    scopes: z.array(z.enum(apiScopes)),
    createdBy: z.string(),
    createdAt: Instant,
    lastUsedAt: Instant.nullable().openapi({ description: "To the minute." }),
    revokedAt: Instant.nullable(),
  })
  .openapi("ApiKey");

const NewKey = z.strictObject({
  name: PlainText.trim().min(1).max(100),
  scopes: z
    .array(z.enum(apiScopes))
    .min(1)
    .transform((scopes) => [...new Set(scopes)]),
});

apiKeysApi.openapi(
  endpoint({
    ...access("listApiKeys", "staff"),
    ...{ method: "get", path: "/shopify/api-keys", tags, summary: "The keys, the newest first" },
    responses: { 200: json(z.strictObject({ items: z.array(ApiKeySchema) }), "All keys"), ...refusals() },
  }),
  async (c) => {
    const keys = await listApiKeys(getContext().database.pool, { shop: c.var.caller.shop });
    return c.json({ items: keys.map(viewKey) }, 200);
  },
);

apiKeysApi.openapi(
  endpoint({
    ...access("createApiKey", "staff"),
    ...{
      method: "post",
      path: "/shopify/api-keys",
      tags,
      summary: "Make a key; it is shown in this answer only",
    },
    request: { body: jsonBody(NewKey) },
    responses: {
      201: json(z.strictObject({ apiKey: ApiKeySchema, key: z.string() }), "The key, this once"),
      ...refusals("NOT_FOUND"),
    },
  }),
  async (c) => {
    const { database, now } = getContext();
    const { shop, actor: createdBy } = c.var.caller;
    const { key, ...made } = await createApiKey(database.pool, {
      ...{ shop, createdBy, now: now(), ...c.req.valid("json") },
    });
    return c.json({ apiKey: viewKey(made), key }, 201);
  },
);

apiKeysApi.openapi(
  endpoint({
    ...access("revokeApiKey", "staff"),
    ...{ method: "delete", path: "/shopify/api-keys/{id}", tags, summary: "End a key at once" },
    request: { params: z.object({ id: z.uuid() }) },
    responses: {
      200: json(z.strictObject({ apiKey: ApiKeySchema }), "The key, revoked"),
      ...refusals("NOT_FOUND"),
    },
  }),
  async (c) => {
    const { database, now } = getContext();
    const { shop, actor: revokedBy } = c.var.caller;
    const { id } = c.req.valid("param");
    const revoked = await revokeApiKey(database.pool, { shop, id, revokedBy, now: now() });
    return c.json({ apiKey: viewKey(revoked) }, 200);
  },
);

function viewKey(key: ApiKey): z.infer<typeof ApiKeySchema> {
  const { id, name, prefix, scopes, createdBy, createdAt, lastUsedAt, revokedAt } = key;
  return {
    ...{ id, name, prefix, scopes, createdBy, createdAt: createdAt.toISOString() },
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}
