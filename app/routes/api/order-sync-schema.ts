import { z } from "@hono/zod-openapi";
import { entryStatuses } from "#app/cache/entry-status.ts";
import { intentKinds } from "#app/outbox/outbox-intent.ts";
import { unsentStandings } from "#app/writeback/unsent-standing.ts";

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

const NotSent = Failure.extend({
  standing: z.enum(unsentStandings).openapi({
    description:
      "conflict: both sides differ and somebody decides; refused: Shopify said no; not_granted: a permission is missing; again: tried in vain, and tried again by itself; off: it waits until its kind is switched on.",
  }),
  kind: z.enum(intentKinds),
  words: z.string().openapi({ description: "What is wished in Shopify." }),
  conflict: z
    .strictObject({ erp: z.string(), shopify: z.string() })
    .nullable()
    .openapi({ description: "Both sides in words, where they differ." }),
}).openapi("NotSent");
export type NotSent = z.infer<typeof NotSent>;

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
    notSent: z.union([NotSent, z.null()]).openapi({
      description:
        "Why Shopify could not follow the ERP: of the changes it does not have, the one that needs a person most. What is just on its way is none.",
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
