/** What a person or another system can do to an order, as pages and API say it. What is allowed when: `decide-order-action`. */
import { z } from "zod";

import { storableText } from "#app/lib/storable-text.ts";
import { cancelReasons } from "#app/outbox/outbox-intent.ts";
import { ERP_LOCATION } from "#app/settings/erp-location.ts";

const text = (most: number) => z.string().overwrite(storableText).trim().max(most);
const named = (most: number) => text(most).min(1);
const Id = named(100);
/** The case of a parcel is named after it: "rto-…", "parcel-…". */
const CaseId = named(120);
const LocationId = z.string().regex(ERP_LOCATION, "letters, digits, - and _");
/** Shopify's number of a location. */
const ShopifyLocationId = z.string().regex(/^\d{1,20}$/, "Shopify's number of a location");
/** Units of the order's lines. */
const Lines = z
  .array(z.strictObject({ lineId: Id, qty: z.int().min(1) }))
  .min(1)
  .max(500);
/** Left out: all that can be. */
const SomeLines = { lines: Lines.optional() };
const Tracking = {
  awbNumber: named(100).optional(),
  courier: named(100).optional(),
  trackingUrl: z
    .url({ protocol: /^https?$/ })
    .overwrite(storableText)
    .max(1000)
    .optional(),
};
/** Each reaches somebody outside, so each has to be said. */
const Outside = { restock: z.boolean().default(false), notifyCustomer: z.boolean().default(false) };
const Parcel = { parcelId: Id };

export const OrderAction = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("allocate"), ...SomeLines }),
  z.strictObject({ action: z.literal("deallocate"), ...SomeLines }),
  z.strictObject({ action: z.literal("pick"), ...SomeLines }),
  z.strictObject({ action: z.literal("pack"), ...SomeLines }),
  z.strictObject({ action: z.literal("unpack"), ...SomeLines }),
  /** The label is printed anew: it now says the order's present address and amount. */
  z.strictObject({ action: z.literal("relabel") }),
  /** One parcel leaves. `locationId`: Shopify's location, where another than the assigned one ships. */
  z.strictObject({
    ...{ action: z.literal("hand_over"), ...SomeLines, ...Tracking, parcelId: Id.optional() },
    ...{ locationId: ShopifyLocationId.optional(), notifyCustomer: z.boolean().default(false) },
  }),
  z.strictObject({
    ...{
      action: z.literal("update_tracking"),
      ...Parcel,
      ...Tracking,
      notifyCustomer: z.boolean().default(false),
    },
  }),
  /** The parcel did not leave after all. */
  z.strictObject({ action: z.literal("take_back"), ...Parcel }),
  z.strictObject({ action: z.literal("deliver"), ...Parcel }),
  z.strictObject({ action: z.literal("lose"), ...Parcel }),
  z.strictObject({ action: z.literal("initiate_rto"), ...Parcel, reason: text(500).optional() }),
  z.strictObject({ action: z.literal("receive_rto"), ...Parcel }),
  /** Without lines the whole order; `refund` sends money back by the way it came. */
  z.strictObject({
    ...{ action: z.literal("cancel"), ...SomeLines, ...Outside, refund: z.boolean().default(false) },
    ...{ reason: z.enum(cancelReasons).default("OTHER"), note: text(255).default("") },
  }),
  z.strictObject({
    action: z.literal("open_return"),
    lines: Lines,
    reason: text(500).optional(),
    parcelId: Id.optional(),
  }),
  z.strictObject({ action: z.literal("receive_return"), caseId: CaseId, lines: Lines }),
  /** How a case ends: back on the shelf (`locationId`: of the ERP's, where it is another than the parcel left from), or written off. */
  z.strictObject({
    action: z.literal("close_case"),
    caseId: CaseId,
    outcome: z.enum(["restocked", "damaged", "lost"]),
    locationId: LocationId.optional(),
  }),
  /** The packed goods may leave as they are, though something has changed since. */
  z.strictObject({ action: z.literal("confirm_stop_ship") }),
  z.strictObject({ action: z.literal("release_hold"), hold: Id }),
]);
export type OrderAction = z.infer<typeof OrderAction>;
export type OrderActionName = OrderAction["action"];

/** Why an action cannot be done now: code and words as every other error has them, and what to do instead. */
export type RefusedAction = { code: "ACTION_NOT_ALLOWED"; message: string; next: string };
