import { readField, readNodes, readText } from "#simulator/store/read-record.ts";
import type { SimNode, SimValue } from "#simulator/store/types.ts";
import { renderRestAddress } from "./render-rest-address.ts";
import { afterShopTime, lower, numberOf, type Json } from "./rest-values.ts";

/** The body of customers/create and customers/update: as in an order, with every address. */
export function renderRestCustomer(customer: SimNode): Json {
  const first = readField(customer, "defaultAddress", "id");
  return {
    ...renderRestOrderCustomer(customer, readText(customer, "amountSpent", "currencyCode")),
    addresses: readNodes(customer, "addressesV2").map((one) =>
      renderCustomerAddress(customer, one, one.id === first),
    ),
  };
}

/** A webhook order's customer: without tags, counts and consent, which webhooks dropped with 2025-01. */
export function renderRestOrderCustomer(customer: SimNode, currency: string): Json {
  return {
    id: numberOf(customer.id),
    created_at: afterShopTime(customer["createdAt"]),
    updated_at: afterShopTime(customer["updatedAt"]),
    first_name: customer["firstName"],
    last_name: customer["lastName"],
    state: lower(customer["state"]),
    note: customer["note"],
    verified_email: customer["verifiedEmail"],
    multipass_identifier: null,
    tax_exempt: customer["taxExempt"],
    email: readField(customer, "defaultEmailAddress", "emailAddress") ?? null,
    phone: readField(customer, "defaultPhoneNumber", "phoneNumber") ?? null,
    currency,
    tax_exemptions: [],
    admin_graphql_api_id: customer.id,
    default_address: renderCustomerAddress(customer, readField(customer, "defaultAddress"), true),
  };
}

/** Unlike an order's: with an id, without the place on the map. */
function renderCustomerAddress(
  customer: SimNode,
  address: SimValue | undefined,
  isDefault: boolean,
): Json | null {
  const fields = renderRestAddress(address);
  if (fields === null) return null;
  const { latitude: _latitude, longitude: _longitude, ...place } = fields;
  return {
    id: numberOf(readField(address, "id")),
    customer_id: numberOf(customer.id),
    ...place,
    country_name: fields["country"],
    default: isDefault,
  };
}
