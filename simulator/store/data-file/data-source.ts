import { findApp } from "../app-records.ts";
import { childrenOf } from "../find-child.ts";
import { legacyId, makeGid } from "../ids.ts";
import { LOCATION_RECORDS } from "../location-records.ts";
import { currencyPair, formatAmount, currencyDigits, parseAmount } from "../money.ts";
import type { Find, RecordSource, RootSource } from "../record-source.ts";
import { buildShop } from "../shop-record.ts";
import type { SimNode } from "../types.ts";
import { completeCustomer } from "./complete-customer.ts";
import type { CustomerStory } from "./complete-customer.ts";
import { completeOrder } from "./complete-order.ts";
import type { CompletedOrder } from "./complete-order.ts";
import { completeProduct } from "./complete-product.ts";
import { indexVariants } from "./file-catalogue.ts";
import type { FileContext } from "./file-context.ts";
import { FileIds } from "./file-ids.ts";
import type { JsonReader } from "./json-reader.ts";
import type { DataFile } from "./read-data-file.ts";
import { standVerbatim } from "./stand-verbatim.ts";

function listRoot(type: string, records: readonly SimNode[]): RootSource {
  const places = new Map(records.map((record, index) => [record.id, index]));
  return {
    type,
    count: () => records.length,
    at: (index) => records[index] ?? outOfRange(type, index),
    timeAt: (index, field) => {
      const time = records[index]?.[field];
      return typeof time === "string" ? time : null;
    },
    indexOf: (gid) => places.get(gid) ?? -1,
  };
}

function outOfRange(type: string, index: number): never {
  throw new RangeError(`There is no ${type} number ${String(index)} in this store`);
}

/** The store a data file describes, all of it made at once: these files are written by hand. */
export function dataSource(file: DataFile, domain: string, find: Find): RecordSource {
  const shopCurrency = file.shop.text("currencyCode") ?? "INR";
  const shop = standVerbatim(buildShop(domain), file.shop, currencyPair(shopCurrency, shopCurrency), []);
  const ids = new FileIds();
  const locations = layLocations(file, ids, shopCurrency);
  const context: FileContext = {
    domain,
    currency: shopCurrency,
    firstLocation: locations[0]?.id ?? "",
    taxesIncluded: file.shop.boolean("taxesIncluded") ?? true,
    ids,
    find,
  };
  const products = file.products.map((reader, p) =>
    completeProduct(context, reader, p, file.products.length),
  );
  const catalogue = indexVariants(products);

  const ordersOf = new Map<string, string[]>();
  const story = (gid: string): CustomerStory => {
    const orders = (): SimNode[] => (ordersOf.get(gid) ?? []).flatMap((order) => find(order) ?? []);
    return {
      orders,
      spent: () => ({ amount: sumNetPayments(orders(), shopCurrency), currencyCode: shopCurrency }),
    };
  };
  const customers = file.customers.map((reader, c) =>
    completeCustomer(context, reader, c, file.customers.length, story),
  );
  const known = new Set(customers.map((customer) => customer.id));
  const customerOf = (order: JsonReader): string | null => {
    const named = context.ids.read(order, "Customer", "customerId");
    if (named !== undefined)
      return known.has(named) ? named : order.fail("customerId", `${named} is no customer of this file`);
    const inline = order.object("customer");
    if (!inline) return null;
    const id = context.ids.read(inline, "Customer");
    if (id !== undefined && known.has(id)) return id;
    const customer = completeCustomer(context, inline, customers.length, file.orders.length, story);
    customers.push(customer);
    known.add(customer.id);
    return customer.id;
  };
  const completed = file.orders.map((reader, n) => {
    const customer = customerOf(reader);
    const one = completeOrder(context, catalogue, reader, n, file.orders.length, customer);
    if (customer !== null) ordersOf.set(customer, [...(ordersOf.get(customer) ?? []), one.order.id]);
    return one;
  });
  const orders = completed.map((one) => one.order);
  const { fulfillmentOrders, written } = layFulfillmentOrders(file, context, completed);

  const roots = new Map<string, RootSource>([
    ["orders", listRoot("Order", orders)],
    [
      "products",
      listRoot(
        "Product",
        products.map((one) => one.product),
      ),
    ],
    ["customers", listRoot("Customer", customers)],
    ["fulfillmentOrders", listRoot("FulfillmentOrder", fulfillmentOrders)],
    [
      "productVariants",
      listRoot(
        "ProductVariant",
        products.flatMap((one) => one.variants),
      ),
    ],
    [
      "inventoryItems",
      listRoot(
        "InventoryItem",
        products.flatMap((one) => one.items),
      ),
    ],
    ["locations", listRoot("Location", locations)],
    ["collections", listRoot("Collection", [])],
  ]);
  const parents = new Map<string, { rootField: string; index: number }>();
  for (const [rootField, root] of roots) {
    for (let index = 0; index < root.count(); index++) {
      for (const child of childrenOf(root.at(index)))
        if (!parents.has(child.id)) parents.set(child.id, { rootField, index });
    }
  }
  return {
    domain,
    shop,
    roots,
    parentOf: (gid) => parents.get(gid) ?? null,
    other: findApp,
    draftOf: (index) => {
      const draft = completed[index]?.draft;
      // Of several fulfilment orders the draft would not know which line waits in which.
      const parts = written.get(draft?.gid ?? "") ?? 0;
      return draft && parts < 2 ? structuredClone(draft) : null;
    },
    isVerbatim: true,
    lastOrderNumber: completed.length === 0 ? 1_000 : Math.max(...completed.map((one) => one.draft.number)),
  };
}

function layLocations(file: DataFile, ids: FileIds, currency: string): readonly SimNode[] {
  if (file.locations.length === 0) return LOCATION_RECORDS;
  return file.locations.map((reader, i) => {
    const id = ids.take(
      reader,
      "Location",
      LOCATION_RECORDS[i]?.id ?? makeGid("Location", 71_204_536_429 + i),
    );
    const base = { ...(LOCATION_RECORDS[0] as SimNode), id, legacyResourceId: legacyId(id) };
    return standVerbatim(base, reader, currencyPair(currency, currency), []);
  });
}

/**
 * A fulfilment order written for an order replaces the computed one; further ones stand beside it.
 * @returns also how many are written, by order.
 */
function layFulfillmentOrders(
  file: DataFile,
  context: FileContext,
  completed: readonly CompletedOrder[],
): { fulfillmentOrders: SimNode[]; written: ReadonlyMap<string, number> } {
  const written = new Map<string, { reader: JsonReader; index: number }[]>();
  file.fulfillmentOrders.forEach((reader, index) => {
    const order = reader.object("order");
    const gid =
      context.ids.read(reader, "Order", "orderId") ?? (order ? context.ids.read(order, "Order") : undefined);
    const owner = completed.find((one) => one.order.id === gid);
    if (!owner) return reader.fail("orderId", "names no order of this file");
    written.set(owner.order.id, [...(written.get(owner.order.id) ?? []), { reader, index }]);
  });
  const pair = currencyPair(context.currency, context.currency);
  const fulfillmentOrders = completed.flatMap(({ order, fulfillmentOrder, draft }) => {
    const own = written.get(order.id);
    if (!own) return [fulfillmentOrder];
    return own.map(({ reader, index }) => {
      const id = context.ids.take(
        reader,
        "FulfillmentOrder",
        own.length === 1 ? fulfillmentOrder.id : makeGid("FulfillmentOrder", 9_900_000_000_000 + index),
      );
      const part = draft.fulfillmentOrders[0];
      if (part && own.length === 1) part.gid = id;
      return { ...standVerbatim({ ...fulfillmentOrder, id }, reader, pair, ["order", "orderId"]), id };
    });
  });
  return {
    fulfillmentOrders,
    written: new Map([...written].map(([gid, own]) => [gid, own.length])),
  };
}

function sumNetPayments(orders: readonly SimNode[], currency: string): string {
  const digits = currencyDigits(currency);
  const sum = orders.reduce((total, order) => {
    const bag = order["netPaymentSet"] as { shopMoney?: { amount?: string } } | undefined;
    return total + (parseAmount(bag?.shopMoney?.amount ?? "0", digits) ?? 0);
  }, 0);
  return formatAmount(sum, digits);
}
