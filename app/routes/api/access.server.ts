import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { getContext } from "#app/context.server.ts";
import { AppError, errorCatalogue } from "#app/lib/errors.ts";
import { API_CALL, recordAudit } from "#app/lib/record-audit.server.ts";
import type { ApiScope } from "#app/settings/api-scopes.ts";

import { identifyCaller, type Caller } from "./caller.server.ts";

/** What a handler finds in `c.var`. */
export type ApiEnv = { Variables: { caller: Caller } };

/** `staff`: a person of the shop, in the embedded app; no key may. */
export type Access = ApiScope | "staff";

/** As the library reads it. */
const JSON_TYPE = /^application\/([a-z-.]+\+)?json(;\s*[a-zA-Z0-9-]+=([^;]+))*$/;

/** Which calls are in the audit log: all, or of an endpoint that readers ask all the time only those that were refused. */
type Audited = "all" | "refused";

/** Knows the caller and what they may do, or refuses; what became of the call is in the shop's audit log either way. */
const guard = (operationId: string, may: Access, audited: Audited) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const context = getContext();
    if (!context.env.shopify)
      throw new AppError("SHOPIFY_NOT_CONFIGURED", errorCatalogue.SHOPIFY_NOT_CONFIGURED.words);
    const caller = await identifyCaller(context, c.req.raw);
    c.set("caller", caller);
    const began = performance.now();
    const refusal = refuseCaller(caller, may) ?? refuseBody(c);
    if (!refusal) await next();
    const status = refusal ? errorCatalogue[refusal.code].status : c.res.status;
    if (audited === "all" || status >= 400)
      await recordAudit(context.database.pool, {
        ...{
          shop: caller.shop,
          actor: caller.actor,
          action: `${API_CALL}${operationId}`,
          now: context.now(),
        },
        target: targetOf(c),
        // Nothing of the query or the body: they may name a person.
        details: { status, ms: Math.round(performance.now() - began) },
      });
    if (refusal) throw refusal;
  });

/**
 * What a call was about: ids and kinds that the endpoint's schema has read. Anybody may write anything into an address, a person's
 * name too, and what PostgreSQL cannot keep.
 */
function targetOf({ req }: Context): string | null {
  const params = req.valid("param" as never) as Record<string, string> | undefined;
  const ids = Object.values(params ?? {}).filter((value) => /^[\w-]+(@\d+)?$/.test(value));
  return ids.join(" ") || null;
}

/** Where a body may be left out, the library overlooks one that does not call itself JSON: not what was asked for would be done. */
function refuseBody({ req }: Context): AppError | null {
  const has = Number(req.header("Content-Length") ?? 0) > 0 || req.header("Transfer-Encoding") !== undefined;
  return has && !JSON_TYPE.test(req.header("Content-Type") ?? "")
    ? new AppError("NOT_JSON", errorCatalogue.NOT_JSON.words)
    : null;
}

function refuseCaller({ via, scopes }: Caller, may: Access): AppError | null {
  if (may === "staff")
    return via === "session"
      ? null
      : new AppError("FORBIDDEN", "This is for a person in the app; no API key may do it.");
  return scopes.includes(may)
    ? null
    : new AppError("FORBIDDEN", `This API key does not have the scope ${may}.`);
}

/** Who may call an endpoint, for its definition: `endpoint({ ...access("listJobs", "read"), … })`. */
export function access(operationId: string, may: Access, audited: Audited = "all") {
  const session: Record<string, string[]> = { session: [] };
  const apiKey: Record<string, string[]> = { apiKey: [may] };
  const security = may === "staff" ? [session] : [apiKey, session];
  return {
    operationId,
    middleware: guard(operationId, may, audited),
    security,
  };
}
