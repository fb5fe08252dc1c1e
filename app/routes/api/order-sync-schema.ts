import { z } from "@hono/zod-openapi";
import { entryStatuses } from "#app/cache/entry-status.ts";

import { ErpOrder, ErpParcel, OrderHold } from "./erp-order-schemas.ts";
import { Failure } from "./failure.ts";
import { Instant } from "./schemas.ts";

const {
  orderNumber,
  status,
  paymentMethod,
  stopShip,
  isHistory,
  test,
  presentmentCurrency,
  amountToCollect,
} = ErpOrder.shape;

const OrderInBrief = z
  .strictObject({
    ...{ status, paymentMethod, stopShip, isHistory, test, presentmentCurrency, amountToCollect },
    holds: z.array(OrderHold),
    parcels: z.array(ErpParcel),
  })
  .openapi("OrderInBrief");

/** What somebody who looks at an order in Shopify wants to know of it in the ERP. */
export const OrderSyncStatus = z
  .strictObject({
    id: z.string(),
    orderNumber: z.union([orderNumber, z.null()]),
    state: z.enum(entryStatuses).openapi({
      description:
        "How far what Shopify last said of it has got. processed: the ERP has it. failed: tried again at nextRetryAt. quarantined: not tried again before somebody does something.",
    }),
    receivedAt: Instant.nullable().openapi({ description: "When Shopify last said something of it." }),
    processedAt: Instant.nullable(),
    nextRetryAt: Instant.nullable(),
    error: z.union([Failure, z.null()]).openapi({ description: "Why the ERP could not follow Shopify." }),
    notSent: z.union([Failure, z.null()]).openapi({
      description: "Why Shopify could not follow the ERP: the newest change that did not go out.",
    }),
    fetchError: z
      .string()
      .nullable()
      .openapi({ description: "Why the last time Shopify was asked for it did not succeed, in words." }),
    erased: z.boolean().openapi({ description: "The person was erased: nothing of it is fetched again." }),
    order: z.union([OrderInBrief, z.null()]).openapi({ description: "null while the ERP has none." }),
    locale: z.string().nullable().openapi({ description: "How the shop writes amounts and times." }),
    timeZone: z.string().nullable(),
  })
  .openapi("OrderSyncStatus");
export type OrderSyncStatus = z.infer<typeof OrderSyncStatus>;
