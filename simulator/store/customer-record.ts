import { buildAddress } from "./address-record.ts";
import { firstOrderOf, ordersOfCustomer } from "./customer-blocks.ts";
import { planCustomer } from "./customer-plan.ts";
import { customerAddressGid, gidOf, idNumber } from "./ids.ts";
import { formatAmount } from "./money.ts";
import { fullName } from "./people.ts";
import { sumSpentMinor } from "./order-spent.ts";
import { SHOP_CURRENCY } from "./shop-record.ts";
import type { StoreContext } from "./store-context.ts";
import { formatTime, orderTimeMs } from "./store-clock.ts";
import type { SimNode } from "./types.ts";

export function customerTimeMs(context: StoreContext, c: number, field: "createdAt" | "updatedAt"): number {
  const created = orderTimeMs(firstOrderOf(c, context.orders), context.orders);
  if (field === "createdAt") return created;
  const last = ordersOfCustomer(context.seed, c, context.orders).at(-1);
  return last === undefined ? created : orderTimeMs(last, context.orders);
}

const LIFETIMES = ["less than a minute", "about 2 months", "5 months", "about 1 year"] as const;

/** Customer number `c`; what they spent is added up when asked for. */
export function buildCustomer(context: StoreContext, c: number): SimNode {
  const plan = planCustomer(context.seed, c);
  const { random, person, email, phone } = plan;
  const orderNumbers = ordersOfCustomer(context.seed, c, context.orders);
  const createdAt = formatTime(customerTimeMs(context, c, "createdAt"));
  const addresses = plan.addresses.map((address, i) => buildAddress(customerAddressGid(c, i), address));
  const subscribed = random.chance(0.45);
  const optIn = subscribed ? "SINGLE_OPT_IN" : null;
  const lastOrder = orderNumbers.at(-1);
  return {
    __typename: "Customer",
    id: gidOf("Customer", c),
    legacyResourceId: String(idNumber("Customer", c)),
    firstName: person.firstName,
    lastName: person.lastName,
    displayName: fullName(person) || email || phone || "",
    email,
    phone,
    locale: random.chance(0.9) ? "en" : "hi-IN",
    note: random.chance(0.05)
      ? random.pick(["VIP 👑", 'Calls before 7 pm only; said "no COD again"', "RTO twice"])
      : null,
    tags: random.chance(0.3)
      ? random.pick([["newsletter"], ["COD-blocked", "rto"], ["wholesale"], ["Login with Shop", "Shop"]])
      : [],
    state: random.weighted([
      ["DISABLED", 80],
      ["ENABLED", 15],
      ["INVITED", 4],
      ["DECLINED", 1],
    ]),
    taxExempt: random.chance(0.01),
    taxExemptions: [],
    verifiedEmail: email !== null && random.chance(0.8),
    validEmailAddress: email !== null,
    lifetimeDuration: random.pick(LIFETIMES),
    productSubscriberStatus: "NEVER_SUBSCRIBED",
    multipassIdentifier: null,
    dataSaleOptOut: false,
    canDelete: orderNumbers.length === 0,
    createdAt,
    updatedAt: formatTime(customerTimeMs(context, c, "updatedAt")),
    numberOfOrders: String(orderNumbers.length),
    amountSpent: () => ({
      amount: formatAmount(sumSpentMinor(context, orderNumbers), 2),
      currencyCode: SHOP_CURRENCY,
    }),
    lastOrder: () => (lastOrder === undefined ? null : context.find(gidOf("Order", lastOrder))),
    orders: () => orderNumbers.flatMap((n) => context.find(gidOf("Order", n)) ?? []),
    defaultEmailAddress:
      email === null
        ? null
        : {
            emailAddress: email,
            marketingState: subscribed ? "SUBSCRIBED" : "NOT_SUBSCRIBED",
            marketingOptInLevel: optIn,
            marketingUpdatedAt: subscribed ? createdAt : null,
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
    emailMarketingConsent:
      email === null
        ? null
        : {
            marketingState: subscribed ? "SUBSCRIBED" : "NOT_SUBSCRIBED",
            marketingOptInLevel: optIn,
            consentUpdatedAt: subscribed ? createdAt : null,
          },
    smsMarketingConsent:
      phone === null
        ? null
        : {
            marketingState: "NOT_SUBSCRIBED",
            marketingOptInLevel: "SINGLE_OPT_IN",
            consentUpdatedAt: null,
            consentCollectedFrom: "OTHER",
          },
    defaultAddress: addresses[0] ?? null,
    addresses,
    addressesV2: addresses,
  };
}
