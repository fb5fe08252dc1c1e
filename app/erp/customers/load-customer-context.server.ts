import type { Db } from "#app/lib/db.server.ts";
import type { CustomerNews } from "./customer-news.ts";
import { isOnlyRemembered } from "./customer-rows.ts";
import type { StoredCustomer } from "./customer-rows.ts";
import type { UnlinkedCustomers } from "./match-customer.ts";
import type { CustomerContext } from "./plan-customers.ts";

const COLUMNS = `id, "shopifyCustomerId", email, phone, "firstName", "lastName", "defaultAddress", "acceptsMarketing",
  tags, note, state, "ordersCount", "totalSpent", currency, "taxExempt", "shopifyUpdatedAt", "archivedAt",
  "redactedAt" is not null as redacted, "mergedIntoId"`;

type Stored = Omit<StoredCustomer, "shopifyUpdatedAt" | "archivedAt"> & {
  shopifyUpdatedAt: Date | null;
  archivedAt: Date | null;
};

/**
 * What the rules may ask about the customers of a batch: one question where all are known already.
 * @param ignored emails and E.164 phones that a shop says many people share
 */
export async function loadCustomerContext(
  db: Db,
  { shop, news, ignored }: { shop: string; news: readonly CustomerNews[]; ignored: ReadonlySet<string> },
): Promise<CustomerContext> {
  const ids = news.map((piece) => piece.shopifyCustomerId);
  const rows = await findCustomers(db, shop, `"shopifyCustomerId" = any($2)`, [ids]);
  const linked = new Map(rows.map((row) => [row.shopifyCustomerId ?? "", row]));
  const kept = await loadKept(db, { shop, rows });
  const unknown = news.filter((piece) => !linked.has(piece.shopifyCustomerId));
  if (unknown.length === 0)
    return { linked, kept, unlinked: { records: [], shared: new Set() }, forgotten: new Set() };

  const { rows: tombstones } = await db.query<{ id: string }>(
    `select id from "RedactionTombstone" where shop = $1 and kind = 'customer' and id = any($2)`,
    [shop, unknown.map((piece) => piece.shopifyCustomerId)],
  );
  return {
    linked,
    kept,
    unlinked: await loadUnlinked(db, { shop, unknown, ignored }),
    forgotten: new Set(tombstones.map((row) => row.id)),
  };
}

async function loadKept(
  db: Db,
  { shop, rows }: { shop: string; rows: readonly StoredCustomer[] },
): Promise<Map<string, StoredCustomer>> {
  const ids = rows.map((row) => row.mergedIntoId).filter((id) => id !== null);
  if (ids.length === 0) return new Map();
  const kept = await findCustomers(db, shop, `id = any($2)`, [ids]);
  return new Map(kept.map((row) => [row.id, row]));
}

/**
 * Customers about to change, locked until the transaction ends, in one order for everybody. Their
 * `shopifyUpdatedAt` is moved up to that of their own cached payload and of the newest processed order which names
 * them: who told nothing new wrote nothing, but did tell, and what is older must not pass for news.
 */
export async function lockCustomers(
  db: Db,
  { shop, ids }: { shop: string; ids: readonly string[] },
): Promise<StoredCustomer[]> {
  const rows = await findCustomers(db, shop, `id = any($2) order by id for update`, [ids]);
  const { rows: tellers } = await db.query<{ id: string; newestAt: Date }>(
    `select customer.id, max(told."shopifyUpdatedAt") as "newestAt"
       from "Customer" customer
       join lateral (
         select cached."shopifyUpdatedAt" from "Order" ordered
           join "ShopifyOrderCache" cached on cached.shop = $1 and cached.id = ordered."shopifyOrderId"
          where ordered.shop = $1 and ordered."customerId" = coalesce(customer."mergedIntoId", customer.id)
            and ordered."shopifyCustomerId" = customer."shopifyCustomerId" and cached."processedAt" is not null
         union all
         select cached."shopifyUpdatedAt" from "ShopifyCustomerCache" cached
          where cached.shop = $1 and cached.id = customer."shopifyCustomerId" and cached."processedAt" is not null
       ) told on told."shopifyUpdatedAt" is not null
      where customer.shop = $1 and customer.id = any($2)
      group by customer.id`,
    [shop, ids],
  );
  const newestAt = new Map(tellers.map((teller) => [teller.id, teller.newestAt.toISOString()]));
  return rows.map((row) => ({
    ...row,
    // What only remembers a merge stays so: its cached payload was passed over.
    shopifyUpdatedAt: isOnlyRemembered(row)
      ? null
      : later(row.shopifyUpdatedAt, newestAt.get(row.id) ?? null),
  }));
}

function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}

async function loadUnlinked(
  db: Db,
  {
    shop,
    unknown,
    ignored,
  }: { shop: string; unknown: readonly CustomerNews[]; ignored: ReadonlySet<string> },
): Promise<UnlinkedCustomers> {
  const addresses = unknown
    .flatMap(({ contact }) => [contact.email?.value, contact.phone?.value])
    .filter((value) => typeof value === "string");
  const emails = addresses.filter((address) => address.includes("@"));
  const phones = addresses.filter((address) => address.startsWith("+"));
  const records = await findCustomers(
    db,
    shop,
    `"shopifyCustomerId" is null and (email = any($2) or phone = any($3))`,
    [emails, phones],
  );
  if (records.length === 0) return { records, shared: new Set() };
  return { records, shared: await findShared(db, { shop, records, unknown, ignored }) };
}

/** Addresses that say nothing: ignored ones, a linked customer's, and those of two customers of the batch. */
async function findShared(
  db: Db,
  options: {
    shop: string;
    records: readonly StoredCustomer[];
    unknown: readonly CustomerNews[];
    ignored: ReadonlySet<string>;
  },
): Promise<Set<string>> {
  const asked = options.records
    .flatMap(({ email, phone }) => [email, phone])
    .filter((value) => value !== null);
  const { rows } = await db.query<{ address: string }>(
    `select distinct email as address from "Customer" where shop = $1 and "shopifyCustomerId" is not null and email = any($2)
     union select distinct phone from "Customer" where shop = $1 and "shopifyCustomerId" is not null and phone = any($2)`,
    [options.shop, asked],
  );
  const shared = new Set([...options.ignored, ...rows.map((row) => row.address)]);
  const seen = new Set<string>();
  for (const { contact } of options.unknown) {
    for (const address of new Set([contact.email?.value, contact.phone?.value])) {
      if (typeof address !== "string") continue;
      if (seen.has(address)) shared.add(address);
      seen.add(address);
    }
  }
  return shared;
}

/** @param condition over the table's columns; `$1` is the shop, which is asked for by itself */
export async function findCustomers(
  db: Db,
  shop: string,
  condition: string,
  values: unknown[],
): Promise<StoredCustomer[]> {
  const { rows } = await db.query<Stored & Record<string, unknown>>(
    `select ${COLUMNS} from "Customer" where shop = $1 and ${condition}`,
    [shop, ...values],
  );
  return rows.map((row) => ({
    ...row,
    shopifyUpdatedAt: row.shopifyUpdatedAt?.toISOString() ?? null,
    archivedAt: row.archivedAt?.toISOString() ?? null,
  }));
}
