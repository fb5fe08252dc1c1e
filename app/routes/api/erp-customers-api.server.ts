import { OpenAPIHono, z } from "@hono/zod-openapi";
import { getContext } from "#app/context.server.ts";
import { listCustomers } from "#app/erp/customers/list-customers.server.ts";
import { loadCustomer } from "#app/erp/customers/load-customer.server.ts";
import { AppError } from "#app/lib/errors.ts";

import { access, type ApiEnv } from "./access.server.ts";
import { endpoint } from "./endpoint.ts";
import { pageOf, toPage } from "./cursor.ts";
import { followKey, followOptions, FollowQuery, ShopifyId } from "./erp-list.ts";
import { PostalAddress } from "./erp-order-schemas.ts";
import { Amount, Instant, json, refusals } from "./schemas.ts";

/** The ERP's customers. Nobody is looked for by name or address: an address of the API would name a person in every log. */
export const erpCustomersApi = new OpenAPIHono<ApiEnv>();

const tags = ["ERP"];

const ErpCustomer = z
  .strictObject({
    id: z.string().openapi({ description: "The ERP's id." }),
    shopifyCustomerId: z.string().nullable(),
    email: z.string().nullable().openapi({ description: "In lower case." }),
    phone: z.string().nullable().openapi({ description: "E.164 where it could be read so, else as typed." }),
    ...{ firstName: z.string().nullable(), lastName: z.string().nullable() },
    defaultAddress: PostalAddress,
    acceptsMarketing: z.boolean().nullable(),
    tags: z.array(z.string()),
    note: z.string().nullable(),
    state: z.string().nullable().openapi({ description: "Shopify's word on the account." }),
    ordersCount: z.int().nullable().openapi({ description: "As Shopify counts." }),
    totalSpent: Amount.nullable().openapi({ description: "As Shopify counts, in `currency`." }),
    ...{ currency: z.string().nullable(), taxExempt: z.boolean().nullable() },
    shopifyUpdatedAt: Instant.nullable(),
    archivedAt: Instant.nullable().openapi({
      description:
        "Not a customer, or no longer: deleted at Shopify, merged, redacted, or only named by a merge and without an order so far.",
    }),
    redactedAt: Instant.nullable().openapi({
      description:
        "The person was erased on request: nothing personal is left, Shopify's id among it. Erase them on your side too.",
    }),
    mergedIntoId: z.string().nullable().openapi({
      description:
        "The ERP's customer that this one became part of, always one that stands itself; the orders are that one's.",
    }),
    ...{ createdAt: Instant, updatedAt: Instant },
  })
  .openapi("ErpCustomer");

erpCustomersApi.openapi(
  endpoint({
    ...access("listErpCustomers", "read"),
    ...{ method: "get", path: "/erp/customers", tags },
    summary: "Customers, the oldest first; with updatedSince in the order of change",
    request: { query: FollowQuery.extend({ shopifyCustomerId: ShopifyId.optional() }) },
    responses: {
      200: json(pageOf(ErpCustomer), "A page of customers; archived, merged and redacted ones among them"),
      ...refusals(),
    },
  }),
  async (c) => {
    const query = c.req.valid("query");
    const rows = await listCustomers(getContext().database.pool, {
      ...{ shop: c.var.caller.shop, ...query, ...followOptions(query) },
    });
    const keyOf = followKey(query.updatedSince);
    return c.json(toPage(rows, { limit: query.limit, keyOf, view: (row) => row }), 200);
  },
);

erpCustomersApi.openapi(
  endpoint({
    ...access("getErpCustomer", "read"),
    ...{ method: "get", path: "/erp/customers/{id}", tags, summary: "One customer as they stand" },
    request: { params: z.object({ id: z.uuid() }) },
    responses: {
      200: json(
        z.strictObject({ customer: ErpCustomer }),
        "The customer; a merged one names whom it leads to",
      ),
      ...refusals("NOT_FOUND"),
    },
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    const customer = await loadCustomer(getContext().database.pool, { shop: c.var.caller.shop, id });
    if (!customer) throw new AppError("NOT_FOUND", `The ERP has no customer ${id}.`);
    return c.json({ customer }, 200);
  },
);
