import { OpenAPIHono, z } from "@hono/zod-openapi";
import { getContext } from "#app/context.server.ts";
import { checkPeriod } from "#app/jobs/check-period.ts";
import { startOfDay } from "#app/lib/zoned-day.ts";
import { askForOrders } from "#app/reconcile/ask-for-orders.server.ts";
import { explainRefusal } from "#app/reconcile/explain-refusal.ts";
import { loadProofLine } from "#app/reconcile/load-proof-line.server.ts";
import { proveAndHeal } from "#app/reconcile/prove-and-heal.server.ts";
import { notifyCachePending } from "#app/shopify/webhooks/notify-cache-pending.server.ts";

import { answerError } from "../answer-error.server.ts";
import { readProofDay } from "../read-proof-day.ts";
import { access, type ApiEnv } from "./access.server.ts";
import { endpoint } from "./endpoint.ts";
import { callerClient } from "./caller-client.server.ts";
import type { Caller } from "./caller.server.ts";
import { refuseWith } from "./refuse-with.ts";
import { Amount, Instant, json, refusals } from "./schemas.ts";

/** A day's orders: what Shopify has against what the ERP holds. */
export const proofApi = new OpenAPIHono<ApiEnv>();

const tags = ["Proof"];
const DayQuery = z.strictObject({
  day: z
    .string()
    .optional()
    .openapi({ example: "2026-11-25", description: "Of the shop's time zone; yesterday." }),
});

const StoredProof = z.strictObject({
  currency: z.string().nullable(),
  shopifyOrders: z.int().nullable(),
  shopifyTotal: Amount.nullable(),
  erpOrders: z.int(),
  erpTotal: Amount,
  missing: z.array(z.string()).openapi({ description: "Shopify's ids of orders the ERP lacks." }),
  differing: z.array(z.string()),
  pending: z.int(),
  failed: z.int(),
  onHold: z.int(),
  problem: z.string().nullable(),
  checkedAt: Instant,
});
const ProofLine = z
  .strictObject({
    day: z.string(),
    isYesterday: z.boolean(),
    timeZone: z.string(),
    state: z.enum(["never", "fresh", "stale"]),
    lastCheckedDay: z.string().nullable(),
    proof: StoredProof.nullable(),
  })
  .openapi("ProofOfDay");

proofApi.openapi(
  endpoint({
    ...access("getProof", "read"),
    ...{ method: "get", path: "/shopify/proof", tags, summary: "The proof of a day as it was last checked" },
    request: { query: DayQuery },
    responses: { 200: json(ProofLine, "The proof"), ...refusals() },
  }),
  async (c) => {
    const { caller } = c.var;
    return c.json(await loadLine(caller.shop, dayAsked(caller, c.req.valid("query").day)), 200);
  },
);

proofApi.openapi(
  endpoint({
    ...access("proveDay", "sync"),
    ...{ method: "post", path: "/shopify/proof", tags },
    summary: "Check a day now; what is missing or differs is fetched within moments",
    request: { query: DayQuery },
    responses: {
      200: json(ProofLine, "The proof of now"),
      ...refusals(
        "PERIOD_NEEDS_ALL_ORDERS",
        "TOKEN_REFUSED",
        "COUNT_DISAGREES",
        "RATE_LIMITED",
        "SHOPIFY_UNREACHABLE",
        "SHOPIFY_REFUSED",
        "SCOPE_MISSING",
      ),
    },
  }),
  async (c) => {
    const { caller } = c.var;
    const { shop, connection } = caller;
    const context = getContext();
    const { database, log, now } = context;
    const { day, timeZone } = dayAsked(caller, c.req.valid("query").day);
    checkPeriod({ from: startOfDay(day, timeZone), scopes: connection.scopes, now: now() });
    const proof = await proveAndHeal(context, {
      ...{ shop, day, client: await callerClient(context, caller) },
      heal: async (_ids, found) => {
        await askForOrders(database.pool, found, now());
        notifyCachePending(database.pool, log);
      },
    });
    // The ERP's figures are kept; the answer is why Shopify's are not known, with the next step that fits.
    if (proof.refusal) throw refuseWith(answerError(proof.refusal, explainRefusal(proof.refusal).next));
    return c.json(await loadLine(shop, { day }), 200);
  },
);

function dayAsked({ connection }: Caller, day: string | undefined): { day: string; timeZone: string } {
  const timeZone = connection.timeZone ?? "UTC";
  return { day: readProofDay(day, { timeZone, now: getContext().now() }), timeZone };
}

function loadLine(shop: string, { day }: { day: string }) {
  const { database, now } = getContext();
  return loadProofLine(database.pool, { shop, day, now: now() });
}
