import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import type { CustomerData } from "#app/erp/customers/customer-news.ts";

/**
 * What an order says of its customer: the record it names (null for a guest), and the contact details of the order
 * itself, which stay as they were when the record changes.
 */
export type OrderCustomerData = {
  customer: CustomerData | null;
  name: string | null;
  email: string | null;
  phone: string | null;
};

/** Name, email and phone of an order: its own first, then its addresses', then the customer record's. */
export function buildCustomerData(order: OrderSnapshot): OrderCustomerData {
  const { customer, shippingAddress, billingAddress } = order;
  const address = shippingAddress ?? billingAddress;
  return {
    customer: customer
      ? {
          shopifyCustomerId: customer.id,
          email: customer.email,
          phone: customer.phone,
          firstName: customer.firstName,
          lastName: customer.lastName,
          asOf: order.updatedAt,
        }
      : null,
    name:
      address?.name ??
      fullName(address?.firstName, address?.lastName) ??
      fullName(customer?.firstName, customer?.lastName),
    email: order.email ?? customer?.email ?? null,
    phone: order.phone ?? shippingAddress?.phone ?? billingAddress?.phone ?? customer?.phone ?? null,
  };
}

function fullName(first: string | null | undefined, last: string | null | undefined): string | null {
  const name = `${first?.trim() ?? ""} ${last?.trim() ?? ""}`.trim();
  return name === "" ? null : name;
}
