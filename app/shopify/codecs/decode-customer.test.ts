import { describe, expect, test } from "vitest";
import { decodeCustomer } from "./decode-customer.ts";
import { mergeCustomerSlots } from "./merge-customer-slots.ts";

const bulkNode = {
  __typename: "Customer",
  id: "gid://shopify/Customer/5",
  updatedAt: "2026-11-01T00:00:00Z",
  createdAt: "2026-10-01T00:00:00Z",
  firstName: "Asha ",
  lastName: "Rao",
  note: "",
  tags: ["vip"],
  state: "ENABLED",
  taxExempt: false,
  numberOfOrders: "3",
  amountSpent: { amount: "4500.5", currencyCode: "INR" },
  defaultEmailAddress: { emailAddress: "Asha@Example.in", marketingState: "SUBSCRIBED" },
  defaultPhoneNumber: { phoneNumber: "+919812345678" },
  defaultAddress: {
    name: "Asha Rao",
    firstName: "Asha",
    lastName: "Rao",
    company: null,
    address1: "12 MG Road",
    address2: "",
    city: "Pune",
    province: "Maharashtra",
    provinceCode: "MH",
    country: "India",
    countryCodeV2: "IN",
    zip: "411001",
    phone: null,
  },
};

const restBody = {
  id: 5,
  admin_graphql_api_id: "gid://shopify/Customer/5",
  created_at: "2026-10-01T05:30:00+05:30",
  updated_at: "2026-11-01T05:30:00+05:30",
  first_name: "Asha",
  last_name: "Rao",
  note: null,
  state: "enabled",
  tax_exempt: false,
  email: "Asha@Example.in",
  phone: "+919812345678",
  currency: "INR",
  addresses: [],
  default_address: {
    id: 1,
    name: "Asha Rao",
    first_name: "Asha",
    last_name: "Rao",
    company: null,
    address1: "12 MG Road",
    address2: null,
    city: "Pune",
    province: "Maharashtra",
    province_code: "MH",
    country: "India",
    country_code: "IN",
    zip: "411001",
    phone: null,
    default: true,
  },
};

const decode = (shape: string, payload: unknown) => decodeCustomer(shape, JSON.stringify(payload));

test("webhook and bulk agree on every field the webhook carries", () => {
  expect(decode("bulk", bulkNode)).toMatchObject(
    JSON.parse(JSON.stringify(decode("rest", restBody))) as object,
  );
});

test("a webhook says nothing of tags, counts, totals and consent", () => {
  const rest = decode("rest", restBody);
  expect([rest.tags, rest.numberOfOrders, rest.amountSpent, rest.currency, rest.acceptsMarketing]).toEqual(
    Array(5).fill(undefined),
  );
});

describe("leniency", () => {
  test.each([
    [
      "no address at all",
      { defaultEmailAddress: null, defaultPhoneNumber: null, defaultAddress: null },
      { email: null, phone: null, defaultAddress: null, acceptsMarketing: false },
    ],
    [
      "empty texts",
      { defaultEmailAddress: { emailAddress: "" }, firstName: " " },
      { email: null, firstName: null },
    ],
    ["an unknown state", { state: "DORMANT" }, { state: "DORMANT" }],
    ["a count as a number", { numberOfOrders: 3 }, { numberOfOrders: 3 }],
  ] as const)("%s", (_what, patch, expected) => {
    expect(decode("bulk", { ...bulkNode, ...patch })).toMatchObject(expected);
  });

  test("a bare id is a deletion", () => {
    expect(
      decode("rest", { id: 5, admin_graphql_api_id: "gid://shopify/Customer/5", tax_exemptions: [] }),
    ).toMatchObject({ id: "5", isDeletion: true });
  });

  test("an unreadable amount names its place", () => {
    expect(() => decode("bulk", { ...bulkNode, amountSpent: { amount: "lots" } })).toThrow(
      "$.amountSpent.amount: expected a decimal number",
    );
  });
});

test("a newer webhook changes what it says and keeps tags, counts and consent", () => {
  const bulk = {
    shape: "bulk",
    shopifyUpdatedAt: "2026-11-01T00:00:00Z",
    triggeredAt: null,
    decoded: decode("bulk", bulkNode),
  };
  const rest = {
    shape: "rest",
    shopifyUpdatedAt: "2026-11-02T00:00:00Z",
    triggeredAt: null,
    decoded: decode("rest", { ...restBody, last_name: "Iyer", phone: null }),
  };
  const merged = mergeCustomerSlots([bulk, rest]);
  expect(merged).toMatchObject({
    lastName: "Iyer",
    phone: null,
    tags: ["vip"],
    numberOfOrders: 3,
    amountSpent: "4500.5",
    currency: "INR",
    acceptsMarketing: true,
  });
  expect(mergeCustomerSlots([rest, bulk])).toEqual(merged);
});
