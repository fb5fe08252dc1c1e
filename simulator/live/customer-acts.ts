import type { Address } from "#simulator/store/address.ts";
import { completeCustomer } from "#simulator/store/data-file/complete-customer.ts";
import { JsonReader } from "#simulator/store/data-file/json-reader.ts";
import { readField, readText } from "#simulator/store/read-record.ts";
import { formatTime } from "#simulator/store/store-clock.ts";
import type { SimNode, SimValue } from "#simulator/store/types.ts";
import { gidOf } from "#simulator/store/ids.ts";
import { fileContext } from "./file-context-of.ts";
import { told } from "./order-act.ts";
import type { ActDone, LiveShop } from "./live-shop.ts";
import { refuse } from "./refused-act.ts";

export type NewCustomer = {
  firstName?: string | null;
  lastName?: string | null;
  email?: string | null;
  phone?: string | null;
  note?: string | null;
  tags?: readonly string[];
  /** As sparse as wanted. */
  address?: Partial<Address> | null;
};

export function createCustomer(shop: LiveShop, act: NewCustomer): ActDone {
  const { store } = shop;
  const n = store.takeSlot((slot) => gidOf("Customer", slot));
  const { address, ...fields } = act;
  const written = {
    ...fields,
    id: gidOf("Customer", n),
    createdAt: formatTime(shop.nowMs()),
    ...(address ? { addresses: [address] } : {}),
  };
  const nothing = { amount: "0.0", currencyCode: readText(store.shop, "currencyCode") };
  const record = completeCustomer(fileContext(shop), new JsonReader(written, "customer"), n, n, () => ({
    orders: () => [],
    spent: () => nothing,
  }));
  store.add("customers", record);
  return { id: record.id, happenings: [told("customers/create", record)] };
}

export type UpdateCustomer = NewCustomer & { customer: string };

export function updateCustomer(shop: LiveShop, act: UpdateCustomer): ActDone {
  const before = find(shop, act.customer);
  const patch: Record<string, SimValue> = {};
  for (const field of ["firstName", "lastName", "email", "phone", "note", "tags"] as const)
    if (act[field] !== undefined) patch[field] = act[field];
  const now = { ...before, ...patch };
  const [email, phone] = [readText(now, "email"), readText(now, "phone")];
  const name = [readText(now, "firstName"), readText(now, "lastName")].filter((part) => part !== "");
  patch["displayName"] = name.join(" ") || email || phone;
  if (act.email !== undefined) Object.assign(patch, emailFields(before, act.email));
  if (act.phone !== undefined) patch["defaultPhoneNumber"] = phoneField(before, act.phone);
  shop.store.change(act.customer, patch, new Date(shop.nowMs()));
  return { id: act.customer, happenings: [told("customers/update", find(shop, act.customer))] };
}

/** Only who never ordered can be deleted (customerDelete); the words are assumed. */
export function deleteCustomer(shop: LiveShop, act: { customer: string }): ActDone {
  const record = find(shop, act.customer);
  if (readText(record, "numberOfOrders") !== "0")
    refuse("Customer can't be deleted because they have placed orders");
  shop.store.remove(act.customer);
  return { id: act.customer, happenings: [told("customers/delete", record)] };
}

/**
 * Merges two customers. Which one stays follows customerMerge: who alone has an e-mail, else `customerTwo` (account
 * states and consents, which Shopify weighs where both have one, are not simulated). The other's orders are theirs
 * then. Assumed: neither the orders' nor any other updatedAt but the customer's moves, and no order is told; nothing else of the one that goes is taken over.
 */
export function mergeCustomers(shop: LiveShop, act: { customerOne: string; customerTwo: string }): ActDone {
  if (act.customerOne === act.customerTwo) refuse("Customers cannot be merged with themselves.");
  const [one, two] = [find(shop, act.customerOne), find(shop, act.customerTwo)];
  const onlyOne = readText(one, "email") !== "" && readText(two, "email") === "";
  const [kept, gone] = onlyOne ? [one, two] : [two, one];
  const drafts = shop.customers
    .ordersOf(gone.id)
    .map(
      (gid) =>
        shop.store.draftOf(gid) ??
        refuse("The simulator cannot move an order of which only the record is known."),
    );
  for (const draft of drafts) {
    shop.store.putOrder({ ...draft, customerGid: kept.id });
    shop.customers.moved(draft.gid, gone.id, kept.id);
  }
  shop.store.remove(gone.id);
  shop.store.change(kept.id, {}, new Date(shop.nowMs()));
  return {
    id: kept.id,
    happenings: [told("customers/merge", find(shop, kept.id), { deletedId: gone.id })],
  };
}

/** A customer's default address as an order takes it over. */
export function readAddressRecord(customer: SimNode | null): Address | null {
  const address = readField(customer?.["defaultAddress"]);
  if (typeof address !== "object" || address === null) return null;
  const text = (field: string): string | null => {
    const value = readField(address, field);
    return typeof value === "string" ? value : null;
  };
  return {
    firstName: text("firstName"),
    lastName: text("lastName"),
    name: text("name") ?? "",
    company: text("company"),
    address1: text("address1"),
    address2: text("address2"),
    city: text("city"),
    province: text("province"),
    provinceCode: text("provinceCode"),
    country: text("country"),
    countryCodeV2: text("countryCodeV2"),
    zip: text("zip"),
    phone: text("phone"),
    latitude: null,
    longitude: null,
  };
}

function find(shop: LiveShop, gid: string): SimNode {
  const record = shop.store.node(gid);
  return record?.__typename === "Customer" ? record : refuse("Customer does not exist");
}

function emailFields(before: SimNode, email: string | null): Record<string, SimValue> {
  const known = before["defaultEmailAddress"] as Readonly<Record<string, SimValue>> | null;
  const consent = { marketingState: "NOT_SUBSCRIBED", marketingOptInLevel: null };
  return {
    validEmailAddress: email !== null,
    defaultEmailAddress:
      email === null
        ? null
        : {
            ...consent,
            marketingUpdatedAt: null,
            validFormat: true,
            ...known,
            emailAddress: email,
          },
  };
}

function phoneField(before: SimNode, phone: string | null): SimValue {
  const known = before["defaultPhoneNumber"] as Readonly<Record<string, SimValue>> | null;
  return phone === null
    ? null
    : {
        marketingState: "NOT_SUBSCRIBED",
        marketingOptInLevel: null,
        marketingUpdatedAt: null,
        marketingCollectedFrom: null,
        ...known,
        phoneNumber: phone,
      };
}
