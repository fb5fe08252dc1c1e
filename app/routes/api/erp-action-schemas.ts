import { z } from "@hono/zod-openapi";
import { intentKinds, outboxStatuses, type IntentKind } from "#app/outbox/outbox-intent.ts";
import { OrderAction, type OrderActionName } from "#app/erp/actions/order-action.ts";

import { ErrorCodeName } from "./schemas.ts";

/** What an action wished to tell Shopify. */
export const Outbox = z.array(
  z
    .strictObject({
      id: z.uuid(),
      kind: z.enum(intentKinds as [IntentKind, ...IntentKind[]]),
      status: z.enum(outboxStatuses),
    })
    .openapi("OutboxEntry", {
      description: "Sent by the worker once this kind is switched on in the settings; until then it waits.",
    }),
);

export const words = z.string().openapi({ description: "What was done, in words." });

const actionNames = OrderAction.options.map(({ shape }) => shape.action.value);
const refused = z.strictObject({
  code: ErrorCodeName,
  message: z.string().openapi({ description: "Why it cannot be done now." }),
  next: z.string().openapi({ description: "What to do instead." }),
});

/** One action that can be done with an order now, or why not. */
export const AllowedActionView = z
  .strictObject({
    action: z.enum(actionNames as [OrderActionName, ...OrderActionName[]]),
    target: z
      .union([
        z.strictObject({ parcelId: z.string() }),
        z.strictObject({ caseId: z.string() }),
        z.strictObject({ hold: z.string() }),
        z.null(),
      ])
      .openapi({ description: "The parcel, case or hold it would be about; null: the order." }),
    ok: z.boolean(),
    units: z.array(z.strictObject({ lineId: z.string(), qty: z.int() })).openapi({
      description:
        "The most that it can be done with; empty where it is not about units, and where it cannot be done.",
    }),
    refused: z.union([refused, z.null()]),
  })
  .openapi("AllowedAction");
