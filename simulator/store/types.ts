import type { OrderDraft } from "./order-draft.ts";

/**
 * What the simulated store is made of, and what the GraphQL engine may ask of it.
 *
 * A record is a plain object keyed by the Admin API's own GraphQL field names (2026-10), with
 * `__typename` and a full gid as `id`. Field values are what GraphQL would answer:
 * - scalars, enums (UPPER_SNAKE), nested plain objects (each with `__typename` where the field's
 *   type is an interface or a union), lists as arrays;
 * - a CONNECTION is an array of records: the engine makes edges, nodes, pageInfo and paging of it;
 * - a FUNCTION is a lazy relation or a field with arguments: it is called with the field's
 *   arguments and its result is one of the above. Lazy relations keep one record cheap.
 * A field that the schema has and the record has not (`undefined`) is not simulated: the engine
 * answers it with an error that names type and field, never with a silent null.
 */
export type SimValue =
  | string
  | number
  | boolean
  | null
  | readonly SimValue[]
  | { readonly [field: string]: SimValue | undefined }
  | ((args: Record<string, unknown>) => SimValue);

export type SimNode = {
  readonly __typename: string;
  readonly id: string;
  readonly [field: string]: SimValue | undefined;
};

/**
 * One root connection of QueryRoot (`orders`, `products`, `customers`, `fulfillmentOrders`,
 * `inventoryItems`, `locations`, `productVariants`, …), in id order (oldest first).
 */
export interface Collection {
  /** How many records there are now; cheap. */
  count(): number;
  /** Record number `index` (0-based), as it is now (changes included). */
  at(index: number): SimNode;
  /**
   * `createdAt` / `updatedAt` (ISO, Z) of record `index` without making the entire record, so that a
   * period filter over 100,000 orders stays cheap. Null when the type has no such field.
   */
  timeAt(index: number, field: "createdAt" | "updatedAt"): string | null;
  /**
   * A number that grows with `index` and stays with the record whatever is deleted before it, for
   * cursors. Missing: nothing is ever deleted, and it is `index` itself.
   */
  placeAt?(index: number): number;
  /** The same collection with the rows it has now: one deleted or added later changes no index of it. */
  frozen?(): Collection;
}

/** What the rules say must arrive in the ERP, counted by the simulator itself, never by the app. */
export type Expectations = {
  /** Every product (any status). */
  products: number;
  /** Customers with at least one order. */
  customers: number;
  /** Orders that are not test orders. */
  orders: number;
  /** Test orders: cached and shown, never counted. */
  testOrders: number;
  /** Sum of `currentTotalPriceSet.shopMoney` of the counted orders by shop currency, exact decimal with the currency's digits. */
  totals: Record<string, string>;
};

export interface SimStore {
  /** The Shop record (`__typename: "Shop"`), with myshopifyDomain, currencyCode, ianaTimezone, plan… */
  readonly shop: SimNode;
  /** A root connection by its QueryRoot field name; undefined = not simulated. */
  collection(rootField: string): Collection | undefined;
  /** Any record by gid (roots and children: LineItem, ProductVariant, Fulfillment, …); null = no such record. */
  node(gid: string): SimNode | null;
  /**
   * Keeps a change on top of a root record: `patch` replaces fields, `updatedAt` moves to `at`.
   * @throws Error if there is no such root record.
   */
  change(gid: string, patch: Record<string, SimValue>, at: Date): void;
  /** Adds a root record at the end of its collection (a new order, product…). */
  add(rootField: string, node: SimNode): void;
  expectations(): Expectations;
}

/** A store that lives: orders are changed by their drafts, so that everything derived stays computed by one builder. */
export interface LiveStore extends SimStore {
  readonly domain: string;
  /** A copy of an order's facts that may be changed; null = no such order, or one that cannot live on. */
  draftOf(orderGid: string): OrderDraft | null;
  /** Makes an order anew from its draft, or adds it; its fulfilment orders come along. @returns the record. */
  putOrder(draft: OrderDraft): SimNode;
  /** Replaces fields of a root record; unlike `change` it moves no time. @throws Error if there is none. */
  patch(gid: string, fields: Record<string, SimValue>): void;
  /** Takes a root record away for good (an order with its fulfilment orders). @throws Error if there is none. */
  remove(gid: string): void;
  /** A record number for ids of new things that belong to the root record `ownerOf` names. */
  takeSlot(ownerOf: (n: number) => string): number;
  /** The number in the next order's name. */
  nextOrderNumber(): number;
}
