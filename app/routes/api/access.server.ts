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

/** Knows the caller and what they may do, or refuses; what became of the call is in the shop's audit log either way. */
const guard = (operationId: string, may: Access) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const context = getContext();
    if (!context.env.shopify)
      throw new AppError("SHOPIFY_NOT_CONFIGURED", errorCatalogue.SHOPIFY_NOT_CONFIGURED.words);
    const caller = await identifyCaller(context, c.req.raw);
    c.set("caller", caller);
    const began = performance.now();
    const refusal = refuseCaller(caller, may);
    if (!refusal) await next();
    await recordAudit(context.database.pool, {
      ...{ shop: caller.shop, actor: caller.actor, action: `${API_CALL}${operationId}`, now: context.now() },
      target: Object.values(c.req.param()).join(" ") || null,
      // Nothing of the query or the body: they may name a person.
      details: {
        status: refusal ? errorCatalogue.FORBIDDEN.status : c.res.status,
        ms: Math.round(performance.now() - began),
      },
    });
    if (refusal) throw refusal;
  });

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
export function access(operationId: string, may: Access) {
  const session: Record<string, string[]> = { session: [] };
  const apiKey: Record<string, string[]> = { apiKey: [may] };
  const security = may === "staff" ? [session] : [apiKey, session];
  return {
    operationId,
    middleware: guard(operationId, may),
    security,
  };
}
