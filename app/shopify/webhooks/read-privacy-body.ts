import { z } from "zod";

const Id = z.union([z.int().positive().transform(String), z.string().regex(/^\d{1,19}$/)]);
const Contact = z
  .string()
  .nullish()
  .transform((text) => (text?.trim() ? text : null));
const Customer = z.object({ id: Id, email: Contact, phone: Contact });
const DataRequest = z.object({
  customer: Customer,
  orders_requested: z.array(Id).nullish(),
  data_request: z.object({ id: Id }).nullish(),
});
const CustomerRedact = z.object({ customer: Customer, orders_to_redact: z.array(Id).nullish() });

/** A request of Shopify's about somebody's personal data. */
export type PrivacyBody =
  | {
      kind: "data_request" | "customer_redact";
      customerId: string;
      email: string | null;
      phone: string | null;
      orderIds: string[];
      /** Shopify's id of the request, where it has one. */
      requestId: string | null;
    }
  | { kind: "shop_redact" };

/**
 * The body of one of the three compliance topics (2026-10).
 * @returns null for another topic, or a body that is none of them
 */
export function readPrivacyBody(topic: string, body: Uint8Array): PrivacyBody | null {
  if (topic === "shop/redact") return { kind: "shop_redact" };
  let told: unknown;
  try {
    told = JSON.parse(new TextDecoder().decode(body));
  } catch {
    return null;
  }
  if (topic === "customers/data_request") {
    const { success, data } = DataRequest.safeParse(told);
    if (!success) return null;
    const { customer, orders_requested: orders, data_request: request } = data;
    return asked("data_request", customer, { orders, requestId: request?.id ?? null });
  }
  if (topic !== "customers/redact") return null;
  const { success, data } = CustomerRedact.safeParse(told);
  if (!success) return null;
  return asked("customer_redact", data.customer, { orders: data.orders_to_redact, requestId: null });
}

function asked(
  kind: "data_request" | "customer_redact",
  { id, email, phone }: z.infer<typeof Customer>,
  { orders, requestId }: { orders: string[] | null | undefined; requestId: string | null },
): PrivacyBody {
  return { kind, customerId: id, email, phone, orderIds: orders ?? [], requestId };
}

/** The same request with nothing in it but ids: what is kept of it once it was carried out. */
export function idsOnly(request: PrivacyBody): string {
  if (request.kind === "shop_redact") return "{}";
  const { customerId, orderIds, requestId } = request;
  const customer = { id: customerId };
  return request.kind === "customer_redact"
    ? JSON.stringify({ customer, orders_to_redact: orderIds })
    : JSON.stringify({
        customer,
        orders_requested: orderIds,
        ...(requestId !== null && { data_request: { id: requestId } }),
      });
}
