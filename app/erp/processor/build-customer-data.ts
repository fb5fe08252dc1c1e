import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";

/**
 * How the order itself calls its customer. An order keeps its own contact details: the customer may be absent (a
 * guest), or have changed since.
 */
export type OrderContact = { name: string | null; email: string | null; phone: string | null };

/** Name, email and phone of an order: its own first, then the addresses', then the customer record's. */
export function buildCustomerData(order: OrderSnapshot): OrderContact {
  const { customer, shippingAddress, billingAddress } = order;
  const address = shippingAddress ?? billingAddress;
  const full = (first: string | null | undefined, last: string | null | undefined) =>
    [first, last].map((part) => part?.trim()).filter(Boolean).join(" ") || null;
  return {
    name: address?.name ?? (address && full(address.firstName, address.lastName)) ?? full(customer?.firstName, customer?.lastName),
    email: order.email ?? customer?.email ?? null,
    phone: order.phone ?? shippingAddress?.phone ?? billingAddress?.phone ?? customer?.phone ?? null,
  };
}
