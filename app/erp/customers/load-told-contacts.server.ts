import type { PayloadShape } from "#app/cache/cache-tables.ts";
import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { MoneyError } from "#app/lib/money.ts";
import { decodeOrder } from "#app/shopify/codecs/decode-order.ts";
import { newestFirst } from "#app/shopify/codecs/newest-first.ts";
import { newestContact } from "./contact.ts";
import type { Contact } from "./contact.ts";
import { newsOfCustomer, newsOfOrder } from "./customer-news.ts";
import type { CustomerData } from "./customer-news.ts";
import { readCustomerEntry } from "./read-customer-entry.ts";

/** Of one customer's orders the newest: that none of so many told a field which an older one did is nobody's case. */
const MOST_ORDERS = 200;

type Payload = { rawData: string; shopifyUpdatedAt: Date | null; triggeredAt: Date | null };
type Cached = Payload & { id: string; customer: string; rawShape: PayloadShape };
type Slot = Payload & { id: string; shape: PayloadShape };

/**
 * All that was told of these customers' name, email and phone, read again from what is cached: their own payloads and
 * their processed orders. A record remembers only when it was last told anything, not when each field was: this is
 * asked where that is not enough, which is rare (an older order that comes late and says something else).
 * @returns by Shopify's customer id
 */
export async function loadToldContacts(
  db: Db,
  { shop, shopifyCustomerIds, country }: { shop: string; shopifyCustomerIds: string[]; country: string },
): Promise<Map<string, Contact>> {
  const told = new Map<string, Contact[]>(shopifyCustomerIds.map((id) => [id, []]));
  for (const { entry, slots } of await loadOwn(db, shop, shopifyCustomerIds))
    told
      .get(entry.customer)
      ?.push(readOrNothing(() => newsOfCustomer(readCustomerEntry({ ...entry, slots }), country).contact));
  for (const { entry, slots } of await loadOrders(db, shop, shopifyCustomerIds))
    told.get(entry.customer)?.push(
      readOrNothing(() => {
        const data = readCustomerOfOrder(entry, slots);
        return data === null ? {} : newsOfOrder(data, country).contact;
      }),
    );
  return new Map([...told].map(([id, contacts]) => [id, newestContact(contacts)]));
}

async function loadOwn(db: Db, shop: string, ids: string[]) {
  const { rows } = await db.query<Cached>(
    `select id, id as customer, "rawData", "rawShape", "shopifyUpdatedAt", "triggeredAt"
       from "ShopifyCustomerCache" where shop = $1 and id = any($2)`,
    [shop, ids],
  );
  return withSlots(db, { shop, kind: "customer", rows });
}

async function loadOrders(db: Db, shop: string, ids: string[]) {
  const { rows } = await db.query<Cached>(
    `select told.id, customer."shopifyCustomerId" as customer, told."rawData", told."rawShape", told."shopifyUpdatedAt",
            told."triggeredAt"
       from "Customer" customer
       cross join lateral (
         select cached.* from "Order" ordered
           join "ShopifyOrderCache" cached on cached.shop = $1 and cached.id = ordered."shopifyOrderId"
          where ordered.shop = $1 and ordered."customerId" = coalesce(customer."mergedIntoId", customer.id)
            and ordered."shopifyCustomerId" = customer."shopifyCustomerId" and cached."processedAt" is not null
          order by cached."shopifyUpdatedAt" desc nulls last limit ${String(MOST_ORDERS)}) told
      where customer.shop = $1 and customer."shopifyCustomerId" = any($2)`,
    [shop, ids],
  );
  return withSlots(db, { shop, kind: "order", rows });
}

async function withSlots(
  db: Db,
  { shop, kind, rows }: { shop: string; kind: "order" | "customer"; rows: Cached[] },
): Promise<{ entry: Cached; slots: Slot[] }[]> {
  const others = await db.query<Slot>(
    `select id, shape, "rawData", "shopifyUpdatedAt", "triggeredAt" from "ShopifyCacheSlot"
      where shop = $1 and kind = $2 and id = any($3)`,
    [shop, kind, rows.map((row) => row.id)],
  );
  const slots = Map.groupBy(others.rows, (row) => row.id);
  return rows.map((entry) => ({ entry, slots: slots.get(entry.id) ?? [] }));
}

/** The order's customer as the order's own processing tells it: each field from the newest payload that carries it. */
function readCustomerOfOrder(entry: Cached, slots: readonly Slot[]): CustomerData | null {
  const told = newestFirst([{ ...entry, shape: entry.rawShape }, ...slots]).map((slot) =>
    decodeOrder(slot.shape, slot.rawData),
  );
  const named = told.find(({ customer }) => customer !== undefined)?.customer;
  if (named?.id !== entry.customer) return null;
  const field = (key: "email" | "phone" | "firstName" | "lastName") =>
    told
      .map(({ customer }) => (customer?.id === named.id ? customer[key] : undefined))
      .find((value) => value !== undefined);
  return {
    shopifyCustomerId: named.id,
    email: field("email"),
    phone: field("phone"),
    firstName: field("firstName"),
    lastName: field("lastName"),
    asOf: told[0]?.updatedAt ?? null,
  };
}

/** What cannot be read tells nothing; it stands as failed where it is read for itself. */
function readOrNothing(read: () => Contact): Contact {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError || error instanceof MoneyError) return {};
    throw error;
  }
}
