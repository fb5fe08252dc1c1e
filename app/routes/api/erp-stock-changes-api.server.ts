import { OpenAPIHono, z } from "@hono/zod-openapi";
import { getContext } from "#app/context.server.ts";
import {
  adjustErpStock,
  setErpStock,
  setSafetyStock,
  type ChangedStock,
} from "#app/erp/inventory/change-erp-stock.server.ts";
import type { OnceRequest } from "#app/lib/answer-once.server.ts";
import { loadIntentStatus } from "#app/outbox/load-intent-status.server.ts";
import { ERP_LOCATION } from "#app/settings/erp-location.ts";

import { access, type ApiEnv } from "./access.server.ts";
import type { Caller } from "./caller.server.ts";
import { endpoint } from "./endpoint.ts";
import { Outbox, words } from "./erp-action-schemas.ts";
import { OnceHeader, onceOf } from "./once.ts";
import { json, jsonBody, refusals } from "./schemas.ts";

/** The ERP's own stock: what can be sold of a SKU at a location, and what of it Shopify is never told. */
export const erpStockChangesApi = new OpenAPIHono<ApiEnv>();

/** Less than an `integer` column takes, and as much as Shopify does. */
const MOST = 1_000_000_000;
const Qty = z.int().min(0).max(MOST);
const path = "/erp/stock/{skuId}/{locationId}";
const params = z.object({
  skuId: z.uuid().openapi({ description: "The ERP's id of a SKU." }),
  locationId: z.string().regex(ERP_LOCATION, "letters, digits, - and _").openapi({
    description: "A location of the ERP's; where nothing else is mapped, Shopify's own id of it.",
  }),
});

const tags = ["ERP"];
const responses = {
  200: json(
    z.strictObject({ ...{ words, sellableQty: z.int(), safetyStockQty: z.int() }, outbox: Outbox }),
    "The stock as it is now, and what waits to be told to Shopify",
  ),
  ...refusals("NOT_FOUND", "ACTION_NOT_ALLOWED", "IDEMPOTENCY_MISMATCH"),
};

erpStockChangesApi.openapi(
  endpoint({
    ...access("setErpStock", "erp"),
    ...{ method: "put", path, tags },
    summary: "Set what can be sold of a SKU at a location",
    request: { params, headers: OnceHeader, body: jsonBody(z.strictObject({ sellableQty: Qty })) },
    responses,
  }),
  async (c) => {
    const asked = { ...c.req.valid("param"), ...c.req.valid("json") };
    const how = { does: "setErpStock", perform: setErpStock, header: c.req.valid("header") };
    return c.json(await change(c.var.caller, asked, how), 200);
  },
);

erpStockChangesApi.openapi(
  endpoint({
    ...access("adjustErpStock", "erp"),
    ...{ method: "post", path: `${path}/adjust`, tags },
    summary: "Add to what can be sold, or take off it",
    description: "With an Idempotency-Key a call that had no answer can be sent again: it is added once.",
    request: {
      ...{ params, headers: OnceHeader },
      body: jsonBody(
        z.strictObject({
          by: z
            .int()
            .min(-MOST)
            .max(MOST)
            .refine((by) => by !== 0, "nothing to add or take off"),
        }),
      ),
    },
    responses,
  }),
  async (c) => {
    const asked = { ...c.req.valid("param"), ...c.req.valid("json") };
    const how = { does: "adjustErpStock", perform: adjustErpStock, header: c.req.valid("header") };
    return c.json(await change(c.var.caller, asked, how), 200);
  },
);

erpStockChangesApi.openapi(
  endpoint({
    ...access("setErpSafetyStock", "erp"),
    ...{ method: "put", path: `${path}/safety-stock`, tags },
    summary: "Set how much of a SKU at a location is never told to Shopify as available",
    request: { params, headers: OnceHeader, body: jsonBody(z.strictObject({ safetyStockQty: Qty })) },
    responses,
  }),
  async (c) => {
    const asked = { ...c.req.valid("param"), ...c.req.valid("json") };
    const how = { does: "setSafetyStock", perform: setSafetyStock, header: c.req.valid("header") };
    return c.json(await change(c.var.caller, asked, how), 200);
  },
);

type Pool = ReturnType<typeof getContext>["database"]["pool"];
type Who = { shop: string; actor: string; now: Date; once?: OnceRequest | undefined };

/** @param how.does what an Idempotency-Key stands for, with what was asked */
async function change<Asked extends object>(
  { shop, actor }: Caller,
  asked: Asked,
  {
    does,
    perform,
    header,
  }: {
    does: string;
    perform: (pool: Pool, options: Asked & Who) => Promise<ChangedStock>;
    header: z.infer<typeof OnceHeader>;
  },
) {
  const { database, now } = getContext();
  const { pool } = database;
  const once = onceOf(actor, header, { does, ...asked });
  const { intentIds, ...stock } = await perform(pool, { ...asked, shop, actor, now: now(), once });
  return { ...stock, outbox: await loadIntentStatus(pool, { shop, ids: intentIds }) };
}
