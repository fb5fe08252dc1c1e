import { OpenAPIHono, z } from "@hono/zod-openapi";
import { getContext } from "#app/context.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { downloadExport } from "#app/privacy/download-export.server.ts";

import { loadPrivacyRequests } from "../load-privacy-requests.server.ts";
import { access, type ApiEnv } from "./access.server.ts";
import { endpoint } from "./endpoint.ts";
import { Instant, json, refusals } from "./schemas.ts";

/** Requests about personal data. */
export const privacyApi = new OpenAPIHono<ApiEnv>();

const tags = ["Privacy"];
const PrivacyRequest = z
  .strictObject({
    id: z.uuid(),
    kind: z.enum(["data_request", "customer_redact", "shop_redact"]),
    receivedAt: Instant,
    dueAt: Instant,
    doneAt: Instant.nullable(),
    outcome: z.enum(["exported", "erased", "not erased"]).nullable(),
    installedAgainAt: Instant.nullable(),
    expiresAt: Instant.nullable().openapi({ description: "Until when the data can be downloaded." }),
  })
  .openapi("PrivacyRequest");

privacyApi.openapi(
  endpoint({
    ...access("listPrivacyRequests", "staff"),
    ...{
      method: "get",
      path: "/shopify/privacy",
      tags,
      summary: "Requests about personal data, the newest first",
    },
    responses: {
      200: json(z.strictObject({ requests: z.array(PrivacyRequest) }), "All requests"),
      ...refusals(),
    },
  }),
  async (c) => {
    const { database, now } = getContext();
    const requests = await loadPrivacyRequests(database.pool, { shop: c.var.caller.shop, now: now() });
    return c.json({ requests }, 200);
  },
);

privacyApi.openapi(
  endpoint({
    ...access("downloadPersonalData", "staff"),
    ...{ method: "get", path: "/shopify/privacy/{id}/export", tags },
    summary: "What is kept of a person, as a file; every download is written down",
    request: { params: z.object({ id: z.uuid() }) },
    responses: { 200: json(z.record(z.string(), z.unknown()), "The file"), ...refusals("NOT_FOUND") },
  }),
  async (c) => {
    const { database, now } = getContext();
    const { shop, actor } = c.var.caller;
    const { id } = c.req.valid("param");
    const document = await downloadExport(database.pool, { shop, id, actor, now: now() });
    if (document === null) throw new AppError("NOT_FOUND", "There is nothing to download, or not any more.");
    c.header("Content-Disposition", `attachment; filename="personal-data-${id}.json"`);
    return c.json(JSON.parse(document) as Record<string, unknown>, 200);
  },
);
