import { newestFirst } from "./newest-first.ts";
import type { OrderSnapshot } from "./merge-order-slots.ts";
import type { OrderSlot } from "./order-slot.ts";
import { orderFields, valueAt, type OrderField } from "./order-fields.ts";

/** Where a value of an order came from: the payload that told it, and the path in it. */
export type FieldOrigin = {
  field: string;
  shape: "rest" | "bulk" | "detail";
  /** In the payload of that shape; `[]` stands for every element of a list. */
  path: string;
  /** When Shopify says that payload was true: ISO. */
  shopifyUpdatedAt: string;
};

/**
 * The payload a field of the snapshot was taken from: the newest that says just this.
 * @param field as in `orderFields`, or the beginning of one ("customer" for all of `customer.…`)
 * @returns one origin for each listed field that any payload told
 */
export function traceOrderField(
  order: OrderSnapshot,
  slots: readonly OrderSlot[],
  field: string,
): FieldOrigin[] {
  return fieldsUnder(field).flatMap((one) => {
    const known = valueAt(order, one);
    if (known === undefined) return [];
    const value = JSON.stringify(known);
    for (const { shape, decoded } of newestFirst(slots)) {
      const path = isShape(shape) ? one[shape] : null;
      if (path === null || !isShape(shape) || JSON.stringify(valueAt(decoded, one)) !== value) continue;
      return [{ field: one.field, shape, path, shopifyUpdatedAt: decoded.updatedAt }];
    }
    return [];
  });
}

function fieldsUnder(field: string): OrderField[] {
  return orderFields.filter(
    (one) => one.field === field || one.field.startsWith(`${field}.`) || one.field.startsWith(`${field}[]`),
  );
}

function isShape(shape: string): shape is FieldOrigin["shape"] {
  return shape === "rest" || shape === "bulk" || shape === "detail";
}
