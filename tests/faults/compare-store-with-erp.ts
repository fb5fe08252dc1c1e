import type { Database } from "#app/lib/db.server.ts";
import { idFromGid } from "#app/lib/gid.ts";
import { readField, readNodes, readText } from "#simulator/store/read-record.ts";
import type { SimNode, SimStore } from "#simulator/store/types.ts";

type Row = Record<string, string | null>;

/**
 * Everything in which the ERP differs from the store: orders missing, doubled, stale or off by a paisa, records Shopify no
 * longer has that are not archived, products, customers with orders, and stock. Empty when nothing was lost and nothing doubled.
 * @param isLost deliveries were lost for good: a level whose disconnection was told to nobody stays, for no list shows it
 */
export async function compareStoreWithErp(
  database: Pick<Database, "pool">,
  shop: string,
  store: SimStore,
  { isLost = false }: { isLost?: boolean } = {},
): Promise<string[]> {
  return [
    ...(await compareOrders(database, shop, store)),
    ...(await compareProducts(database, shop, store)),
    ...(await compareCustomers(database, shop, store)),
    ...(await compareStock(database, shop, store, isLost)),
  ];
}

async function compareOrders(
  database: Pick<Database, "pool">,
  shop: string,
  store: SimStore,
): Promise<string[]> {
  const rows = await byId(
    database,
    `select o."shopifyOrderId" as id, o."orderNumber" as name, trim_scale(o."currentTotalAmount")::text as total,
       (extract(epoch from o."cancelledAt"))::bigint::text as cancelled, o."financialStatus" as paid,
       (o."archivedAt" is not null)::text as archived,
       (select count(*) || ' lines of ' || coalesce(sum(qty), 0) from "OrderLine" l where l.shop = o.shop and l."shopifyOrderId" = o."shopifyOrderId") as lines,
       (select (extract(epoch from max(at)))::bigint::text from (
          select c."shopifyUpdatedAt" as at from "ShopifyOrderCache" c where c.shop = o.shop and c.id = o."shopifyOrderId"
          union all select s."shopifyUpdatedAt" from "ShopifyCacheSlot" s where s.shop = o.shop and s.kind = 'order' and s.id = o."shopifyOrderId"
        ) newest) as updated
     from "Order" o where o.shop = $1`,
    shop,
  );
  const wanted = new Map(
    each(store, "orders").map((order) => {
      const lines = readNodes(order, "lineItems");
      const units = lines.reduce((sum, line) => sum + Number(line["quantity"]), 0);
      const row: Row = {
        name: text(order["name"]),
        total: decimal(readField(order, "currentTotalPriceSet", "shopMoney", "amount")),
        cancelled: seconds(order["cancelledAt"]),
        paid: text(order["displayFinancialStatus"]),
        archived: "false",
        lines: `${String(lines.length)} lines of ${String(units)}`,
        updated: seconds(order["updatedAt"]),
      };
      return [idFromGid(order.id), row];
    }),
  );
  return differences("order", wanted, rows, (row) => row["archived"] === "true");
}

async function compareProducts(
  database: Pick<Database, "pool">,
  shop: string,
  store: SimStore,
): Promise<string[]> {
  const rows = await byId(
    database,
    `select c.id, (c."deletedAt" is not null)::text as gone, (extract(epoch from greatest(c."shopifyUpdatedAt",
       (select max(s."shopifyUpdatedAt") from "ShopifyCacheSlot" s where s.shop = c.shop and s.kind = 'product' and s.id = c.id))))::bigint::text as updated,
       (exists (select 1 from "Product" p where p.shop = c.shop and c.id = any(p."shopifyProductIds")))::text as known
     from "ShopifyProductCache" c where c.shop = $1`,
    shop,
  );
  const wanted = new Map(
    each(store, "products").map((product) => [
      idFromGid(product.id),
      { gone: "false", updated: seconds(product["updatedAt"]), known: "true" },
    ]),
  );
  return differences("product", wanted, rows, (row) => row["gone"] === "true");
}

/** Customers of orders that are still there: each has one record, reached by its own id. */
async function compareCustomers(
  database: Pick<Database, "pool">,
  shop: string,
  store: SimStore,
): Promise<string[]> {
  const rows = await byId(
    database,
    `select "shopifyCustomerId" as id from "Customer" where shop = $1 and "shopifyCustomerId" is not null`,
    shop,
  );
  const wanted = new Map<string, Row>();
  for (const order of each(store, "orders")) {
    const id = readField(order, "customer", "id");
    if (typeof id === "string" && order["test"] !== true) wanted.set(idFromGid(id), {});
  }
  return differences("customer", wanted, rows, () => true);
}

/** Levels that webhooks told of stand as the store has them; nobody has asked for the others yet. */
async function compareStock(
  database: Pick<Database, "pool">,
  shop: string,
  store: SimStore,
  isLost: boolean,
): Promise<string[]> {
  const rows = await byId(
    database,
    `select id, "availableQty"::text as available from "ShopifyInventoryCache" where shop = $1 and "deletedAt" is null`,
    shop,
  );
  const wanted = new Map<string, Row>();
  for (const item of each(store, "inventoryItems"))
    for (const level of readNodes(item, "inventoryLevels")) {
      const id = `${idFromGid(item.id)}@${idFromGid(readText(level, "location", "id"))}`;
      if (!rows.has(id)) continue;
      const quantities = level["quantities"];
      const told = typeof quantities === "function" ? quantities({ names: ["available"] }) : quantities;
      const [available] = (told ?? []) as { quantity: number }[];
      wanted.set(id, { available: String(available?.quantity) });
    }
  return differences("stock level", wanted, rows, () => isLost);
}

function each(store: SimStore, field: string): SimNode[] {
  const collection = store.collection(field);
  return Array.from({ length: collection?.count() ?? 0 }, (_, index) => collection?.at(index)).filter(
    (record): record is SimNode => record !== undefined,
  );
}

async function byId({ pool }: Pick<Database, "pool">, sql: string, shop: string): Promise<Map<string, Row>> {
  const { rows } = await pool.query<Row & { id: string }>(sql, [shop]);
  return new Map(rows.map(({ id, ...row }) => [id, row]));
}

function differences(
  what: string,
  wanted: ReadonlyMap<string, Row>,
  found: ReadonlyMap<string, Row>,
  mayBeGone: (row: Row) => boolean,
): string[] {
  const told: string[] = [];
  for (const [id, row] of wanted) {
    const known = found.get(id);
    if (known === undefined) told.push(`${what} ${id} is missing`);
    else
      for (const [name, value] of Object.entries(row))
        if (known[name] !== value)
          told.push(`${what} ${id}: ${name} is ${String(known[name])}, the store says ${String(value)}`);
  }
  for (const [id, row] of found)
    if (!wanted.has(id) && !mayBeGone(row)) told.push(`${what} ${id} is not in the store`);
  return told;
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function seconds(value: unknown): string | null {
  return typeof value === "string" ? String(Math.floor(Date.parse(value) / 1000)) : null;
}

/** "1299.50" and "1299.5" are one amount. */
function decimal(value: unknown): string | null {
  return typeof value === "string" ? value.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "") : null;
}
