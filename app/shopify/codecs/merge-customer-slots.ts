import type { PostalAddress } from "./decode-address.ts";
import type { DecodedCustomer } from "./decode-customer.ts";
import { newestFirst, newestKnown } from "./newest-first.ts";
import type { SlotTime } from "./newest-first.ts";

/** All that is known of a customer. A field that no payload ever carried is `undefined`, as in `DecodedCustomer`. */
export type CustomerSnapshot = {
  id: string;
  deleted: boolean;
  email: string | null | undefined;
  phone: string | null | undefined;
  firstName: string | null | undefined;
  lastName: string | null | undefined;
  defaultAddress: PostalAddress | null | undefined;
  acceptsMarketing: boolean | null | undefined;
  tags: string[] | undefined;
  note: string | null | undefined;
  state: string | null | undefined;
  numberOfOrders: number | null | undefined;
  amountSpent: string | null | undefined;
  currency: string | null | undefined;
  taxExempt: boolean | null | undefined;
  updatedAt: string | null | undefined;
};

/**
 * The slots of one customer as one snapshot (law 3): each field from the newest shape that carries
 * it, so that a webhook, which knows no tags, counts or consent, never erases them.
 * @param slots at least one; any order
 */
export function mergeCustomerSlots(
  slots: readonly (SlotTime & { decoded: DecodedCustomer })[],
): CustomerSnapshot {
  const told = newestFirst(slots).map((slot) => slot.decoded);
  const newest = told[0];
  if (newest === undefined) throw new Error("mergeCustomerSlots needs at least one slot");
  const field = <K extends keyof DecodedCustomer>(key: K) =>
    newestKnown(told.map((customer) => customer[key]));

  return {
    id: newest.id,
    deleted: told.some((customer) => customer.isDeletion),
    email: field("email"),
    phone: field("phone"),
    firstName: field("firstName"),
    lastName: field("lastName"),
    defaultAddress: field("defaultAddress"),
    acceptsMarketing: field("acceptsMarketing"),
    tags: field("tags"),
    note: field("note"),
    state: field("state"),
    numberOfOrders: field("numberOfOrders"),
    amountSpent: field("amountSpent"),
    currency: field("currency"),
    taxExempt: field("taxExempt"),
    updatedAt: field("updatedAt"),
  };
}
