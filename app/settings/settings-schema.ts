import { z } from "zod";

import { storableText } from "#app/lib/storable-text.ts";

import { lookBackLimits } from "./look-back-schedule.ts";

const { intervalMinutes, lookBackHours } = lookBackLimits;
/** As PostgreSQL can keep it. */
const text = () => z.string().overwrite(storableText).trim();

/**
 * One rule by which a payment is recognised as cash on delivery or as prepaid. Rules are tried from the top;
 * the first that matches decides.
 * - on "gateway": `text` against every gateway name the order ever carried
 * - on "tag": `text` against every tag
 * - on "attribute": `text` against the value of the order attribute called `name`
 *
 * Texts are compared normalised (lower case, punctuation as spaces): "words" finds the text as whole words
 * anywhere in the name, "exact" wants nothing else beside it.
 */
export const PaymentRule = z
  .strictObject({
    on: z.enum(["gateway", "tag", "attribute"]),
    match: z.enum(["words", "exact"]),
    text: text()
      .min(1)
      .max(200)
      .regex(/[\p{L}\p{N}]/u, "needs a letter or a digit"),
    name: text().min(1).max(200).optional(),
    method: z.enum(["COD", "Prepaid"]),
  })
  .refine((rule) => rule.on !== "attribute" || rule.name !== undefined, {
    path: ["name"],
    message: "a rule on an attribute needs the attribute's name",
  });
export type PaymentRule = z.infer<typeof PaymentRule>;

/** How the hourly look-back runs; whether it runs at all is the scheduler's own switch. */
const SchedulerSettings = z.strictObject({
  intervalMinutes: z.int().min(intervalMinutes.least).max(intervalMinutes.most),
  lookBackHours: z.int().min(lookBackHours.least).max(lookBackHours.most),
});

/** What may leave for Shopify, kind by kind. Nothing leaves that a shop has not turned on. */
const WriteBackSettings = z.strictObject({
  fulfillmentOrderMove: z.boolean(),
  fulfillmentCreate: z.boolean(),
  trackingUpdate: z.boolean(),
  fulfillmentEvent: z.boolean(),
  fulfillmentCancel: z.boolean(),
  orderCancel: z.boolean(),
  orderEdit: z.boolean(),
  orderMarkAsPaid: z.boolean(),
  inventorySet: z.boolean(),
});

/** What a shop may switch on: kinds of intents, and whether a fulfilment order may be moved for one. */
export type WriteBackKind = keyof z.infer<typeof WriteBackSettings>;
export const writeBackKinds = Object.keys(WriteBackSettings.shape) as WriteBackKind[];

/** Whose word on stock counts, and where the ERP's stock goes to. Whether it is sent at all is `writeBack.inventorySet`. */
const StockSettings = z.strictObject({
  /** "shopify": the ERP only reads stock. "erp": what the ERP says is what Shopify is told. */
  leads: z.enum(["erp", "shopify"]),
  /** Where Shopify's number is not the one that was last known of it: the ERP's is sent, Shopify's stays, or a person is asked. */
  onConflict: z.enum(["erp", "shopify", "ask"]),
  /** The Shopify locations (ids) that a location of the ERP's feeds. An ERP location in no pair feeds Shopify's of the same id. */
  locations: z
    .array(
      z.strictObject({
        erp: text().min(1).max(255),
        shopify: z.string().regex(/^\d{1,20}$/, "is Shopify's number of a location"),
      }),
    )
    .max(1000),
});

/** Whether a cash-on-delivery order waits for a person or a calling service to confirm it. */
const CodConfirmationSettings = z.strictObject({
  /** A COD order is on hold until it carries one of `confirmedTags`. */
  required: z.boolean(),
  confirmedTags: z.array(text().min(1).max(255)).max(50),
});

/** Addresses that many customers share (a call centre, a marketplace): never used to tell who somebody is. */
const IgnoredContactsSettings = z.strictObject({
  emails: z.array(text().toLowerCase().min(3).max(320)).max(1000),
  phones: z.array(text().min(4).max(32)).max(1000),
});

/** How many days the delivery log may be kept. */
export const deliveryLogRetention = { least: 2, most: 3650 };

/** How many days the change feed may be kept. */
export const feedRetention = { least: 7, most: 365 };

/** Everything a merchant can set, apart from the cut-over date, which is a column of its own. */
export const ShopSettings = z.strictObject({
  paymentRules: z.array(PaymentRule).max(1000),
  /** An order whose charges do not explain Shopify's total is put on hold (it is shown either way). */
  holdOnMoneyDifference: z.boolean(),
  codConfirmation: CodConfirmationSettings,
  /** What the courier is told to collect, in whole rupees: "no" keeps the paise. */
  roundRupees: z.enum(["no", "nearest", "up", "down"]),
  /** A parcel that has been silent for so long counts as "delivery unknown". */
  deliveryUnknownAfterDays: z.int().min(1).max(365),
  /** Option names that mean the colour, and so make an ERP variation. */
  colourSynonyms: z.array(text().toLowerCase().min(1).max(255)).max(100),
  ignoredContacts: IgnoredContactsSettings,
  /** How long payloads that a newer one replaced are kept. Payloads in use are never left to this. */
  historyRetentionDays: z.int().min(1).max(3650),
  deliveryLogRetentionDays: z.int().min(deliveryLogRetention.least).max(deliveryLogRetention.most),
  /** How long other systems may be away and still go on from their cursor in the change feed. */
  feedRetentionDays: z.int().min(feedRetention.least).max(feedRetention.most),
  scheduler: SchedulerSettings,
  stock: StockSettings,
  writeBack: WriteBackSettings,
});
export type ShopSettings = z.infer<typeof ShopSettings>;

/** What a form or the API may change: any part of the settings, groups included; an unknown name is an error. */
export const SettingsPatch = ShopSettings.partial().extend({
  codConfirmation: CodConfirmationSettings.partial().optional(),
  ignoredContacts: IgnoredContactsSettings.partial().optional(),
  scheduler: SchedulerSettings.partial().optional(),
  stock: StockSettings.partial().optional(),
  writeBack: WriteBackSettings.partial().optional(),
});
export type SettingsPatch = z.infer<typeof SettingsPatch>;

/** What the database keeps: what the shop has chosen and nothing else. A name of another version is left aside. */
export const StoredSettings = SettingsPatch.strip().extend({
  codConfirmation: CodConfirmationSettings.partial().strip().optional(),
  ignoredContacts: IgnoredContactsSettings.partial().strip().optional(),
  scheduler: SchedulerSettings.partial().strip().optional(),
  stock: StockSettings.partial().strip().optional(),
  writeBack: WriteBackSettings.partial().strip().optional(),
});
