import { queuedKinds, type QueuedKind } from "#app/cache/cache-tables.ts";
import { AppError } from "#app/lib/errors.ts";

const ID = /^\d{1,20}(@\d{1,20})?$/;

/**
 * The kind that an address of the cache names.
 * @throws AppError NOT_FOUND
 */
export function readCacheKind(kind: string | undefined): QueuedKind {
  const found = queuedKinds.find((one) => one === kind);
  if (found === undefined)
    throw new AppError("NOT_FOUND", "There is no such cache: only of orders, products, customers and stock.");
  return found;
}

/**
 * The entry that an address names.
 * @throws AppError NOT_FOUND
 */
export function readEntryKey(params: { kind?: string; id?: string }): { kind: QueuedKind; id: string } {
  const kind = readCacheKind(params.kind);
  const { id = "" } = params;
  if (!ID.test(id)) throw new AppError("NOT_FOUND", noSuchEntry(kind, id));
  return { kind, id };
}

const words: Record<QueuedKind, string> = {
  order: "order",
  product: "product",
  customer: "customer",
  inventory: "stock level",
};

/** That the cache has no such entry. */
export function noSuchEntry(kind: QueuedKind, id: string): string {
  return `The cache holds no ${words[kind]} ${id.slice(0, 60)}.`;
}
