import { buildAddress } from "../address-record.ts";
import { currencyPair } from "../money.ts";
import { customerAddressGid, gidOf, legacyId } from "../ids.ts";
import { formatTime } from "../store-clock.ts";
import type { SimNode } from "../types.ts";
import { defaultTimeMs, readAddress } from "./file-context.ts";
import type { FileContext } from "./file-context.ts";
import type { JsonReader } from "./json-reader.ts";
import { standVerbatim } from "./stand-verbatim.ts";

/** What the file's orders say about a customer, asked for when everything is read. */
export type CustomerStory = {
  orders: () => SimNode[];
  spent: () => { amount: string; currencyCode: string };
};

/** Customer `c` of the file. `email`, `phone` and `addresses` may be written short. */
export function completeCustomer(
  context: FileContext,
  reader: JsonReader,
  c: number,
  count: number,
  story: (gid: string) => CustomerStory,
): SimNode {
  const gid = context.ids.take(reader, "Customer", gidOf("Customer", c));
  const firstName = reader.text("firstName") ?? null;
  const lastName = reader.text("lastName") ?? null;
  const email = reader.text("email") ?? reader.object("defaultEmailAddress")?.text("emailAddress") ?? null;
  const phone = reader.text("phone") ?? reader.object("defaultPhoneNumber")?.text("phoneNumber") ?? null;
  const createdMs = reader.time("createdAt") ?? defaultTimeMs(c, count);
  const createdAt = formatTime(createdMs);
  const written = reader.list("addressesV2") ?? reader.list("addresses") ?? [];
  const first = reader.object("defaultAddress");
  const addresses = (written.length === 0 && first ? [first] : written).map((one, i) =>
    buildAddress(one.text("id") ?? customerAddressGid(c, i), readAddress(one)),
  );
  const { orders, spent } = story(gid);
  const built: SimNode = {
    __typename: "Customer",
    id: gid,
    legacyResourceId: legacyId(gid),
    firstName,
    lastName,
    displayName: [firstName, lastName].filter((part) => part !== null).join(" ") || email || phone || "",
    email,
    phone,
    locale: "en",
    note: null,
    tags: [],
    state: "DISABLED",
    taxExempt: false,
    taxExemptions: [],
    verifiedEmail: email !== null,
    validEmailAddress: email !== null,
    lifetimeDuration: "about 1 year",
    productSubscriberStatus: "NEVER_SUBSCRIBED",
    multipassIdentifier: null,
    dataSaleOptOut: false,
    canDelete: () => orders().length === 0,
    createdAt,
    updatedAt: formatTime(reader.time("updatedAt") ?? createdMs),
    numberOfOrders: () => String(orders().length),
    amountSpent: spent,
    lastOrder: () => orders().at(-1) ?? null,
    orders,
    defaultEmailAddress:
      email === null
        ? null
        : {
            emailAddress: email,
            marketingState: "NOT_SUBSCRIBED",
            marketingOptInLevel: null,
            marketingUpdatedAt: null,
            validFormat: true,
          },
    defaultPhoneNumber:
      phone === null
        ? null
        : {
            phoneNumber: phone,
            marketingState: "NOT_SUBSCRIBED",
            marketingOptInLevel: null,
            marketingUpdatedAt: null,
            marketingCollectedFrom: null,
          },
    emailMarketingConsent: null,
    smsMarketingConsent: null,
    defaultAddress: addresses[0] ?? null,
    addresses,
    addressesV2: addresses,
  };
  const laid = standVerbatim(built, reader, currencyPair(context.currency, context.currency), [
    "addresses",
    "addressesV2",
    "defaultAddress",
    "createdAt",
    "updatedAt",
    "orders",
    "lastOrder",
  ]);
  const told = reader.text("numberOfOrders");
  return told === undefined || told === null ? laid : { ...laid, numberOfOrders: told };
}
