import type { Db } from "#app/lib/db.server.ts";
import { selectList } from "#app/lib/select-list.ts";
import { CONTACT_FIELDS } from "./contact.ts";
import { customerRecord, customerRecordOf } from "./customer-record.ts";
import type { CustomerOrderFigures, CustomerView, OtherRecord } from "./customer-view.ts";
import type { ErpCustomer } from "./erp-customer.ts";
import { loadCustomerRules } from "./load-customer-rules.server.ts";
import { loadCustomer } from "./load-customer.server.ts";
import { loadToldContacts } from "./load-told-contacts.server.ts";

const MOST_MERGED = 50;

/** What a page shows of one customer of the ERP's; null where the shop has none of that id. */
export async function loadCustomerView(
  db: Db,
  { shop, id }: { shop: string; id: string },
): Promise<CustomerView | null> {
  const customer = await loadCustomer(db, { shop, id });
  if (!customer) return null;
  const [figures, others, own, sources] = await Promise.all([
    loadFigures(db, { shop, id }),
    loadOthers(db, { shop, id, mergedIntoId: customer.mergedIntoId }),
    loadOwnRecord(db, { shop, shopifyCustomerId: customer.shopifyCustomerId }),
    loadSources(db, { shop, customer }),
  ]);
  return {
    customer: { ...customer, record: customerRecordOf(customer) },
    ...{ figures, sources, ownRecord: own },
    mergedInto: others.find((other) => other.id === customer.mergedIntoId) ?? null,
    mergedFrom: others.filter((other) => other.id !== customer.mergedIntoId),
  };
}

const columns = selectList("p", ["firstAt", "lastAt"], { instants: ["firstAt", "lastAt"] });

async function loadFigures(
  db: Db,
  { shop, id }: { shop: string; id: string },
): Promise<CustomerOrderFigures> {
  const { rows } = await db.query<CustomerOrderFigures>(
    `select orders, cod, rto, cancelled, ${columns} from (
       select count(*)::int as orders, (count(*) filter (where "paymentMethod" = 'COD'))::int as cod,
         (count(*) filter (where status = 'rto'))::int as rto, (count(*) filter (where status = 'cancelled'))::int as cancelled,
         min("orderDate") as "firstAt", max("orderDate") as "lastAt"
       from "Order" where shop = $1 and "customerId" = $2 and not test) p`,
    [shop, id],
  );
  const [figures] = rows;
  if (!figures) throw new Error("An aggregate has one row");
  return figures;
}

/** The record that this one is part of, and those that are part of it. */
async function loadOthers(
  db: Db,
  { shop, id, mergedIntoId }: { shop: string; id: string; mergedIntoId: string | null },
): Promise<OtherRecord[]> {
  const { rows } = await db.query<OtherRecord>(
    `select ${selectList("o", ["id", "shopifyCustomerId", "firstName", "lastName", "email", "phone"])}, ${customerRecord} as record
       from "Customer" o where o.shop = $1 and o.id in (
         select $3 union all (select id from "Customer" where shop = $1 and "mergedIntoId" = $2 order by id limit $4))
      order by o.id`,
    [shop, id, mergedIntoId, MOST_MERGED],
  );
  return rows;
}

async function loadOwnRecord(
  db: Db,
  { shop, shopifyCustomerId }: { shop: string; shopifyCustomerId: string | null },
): Promise<CustomerView["ownRecord"]> {
  const { rows } = await db.query<{ at: string | null }>(
    `select ${selectList("o", ["shopifyUpdatedAt as at"], { instants: ["shopifyUpdatedAt"] })}
       from "ShopifyCustomerCache" o where o.shop = $1 and o.id = $2`,
    [shop, shopifyCustomerId],
  );
  return rows[0] ?? null;
}

/** Read again from what is cached: the record itself keeps only the newest values. */
async function loadSources(
  db: Db,
  { shop, customer }: { shop: string; customer: ErpCustomer },
): Promise<CustomerView["sources"]> {
  const { shopifyCustomerId } = customer;
  if (shopifyCustomerId === null) return {};
  const { country } = await loadCustomerRules(db, { shop });
  const told = await loadToldContacts(db, { shop, shopifyCustomerIds: [shopifyCustomerId], country });
  const contact = told.get(shopifyCustomerId) ?? {};
  const known = CONTACT_FIELDS.flatMap((field) => {
    const one = contact[field];
    if (one === undefined || one.value !== customer[field]) return [];
    return [[field, { from: one.own ? "customer" : "order", at: one.at }] as const];
  });
  return Object.fromEntries(known);
}
