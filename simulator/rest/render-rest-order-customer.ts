import { readField } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { renderRestAddress } from "./render-rest-address.ts";
import { afterShopTime, lower, numberOf, type Json } from "./rest-values.ts";

/** A webhook order's customer: without tags, counts and consent, which webhooks dropped with 2025-01. */
export function renderRestOrderCustomer(customer: SimNode, currency: string): Json {
  const address = renderRestAddress(readField(customer, "defaultAddress"));
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
    default_address: address && {
      id: numberOf(readField(customer, "defaultAddress", "id")),
      customer_id: numberOf(customer.id),
      ...address,
      country_name: address["country"],
      default: true,
    },
  };
}
