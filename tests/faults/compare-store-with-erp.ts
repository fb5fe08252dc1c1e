import { idFromGid } from "#app/lib/gid.ts";
import { readField, readNodes, readText } from "#simulator/store/read-record.ts";
import type { SimNode, SimStore } from "#simulator/store/types.ts";
import type { LivingShop } from "./living-shop.ts";
import { levelId, type ToldLog } from "./told-log.ts";

type Row = Record<string, string | null>;

/** How records of one kind are held against the ERP's: by id, and by every column the store's side names. */
type Comparison = {
  what: string;
  /** The ERP's records of the shop $1, with their `id`, as text. */
  sql: string;
  /** The store's. With `known`, what the ERP has: it need not have what nobody has told it. */
  wanted(store: SimStore, told: ToldLog, known: ReadonlySet<string>): Iterable<readonly [string, Row]>;
  /** Whether the ERP may have a record that the store has not. */
  mayBeGone(row: Row): boolean;
};

const orders: Comparison = {
  what: "order",
  sql: `select o."shopifyOrderId" as id, o."orderNumber" as name, trim_scale(o."currentTotalAmount")::text as total,
      (extract(epoch from o."cancelledAt"))::bigint::text as cancelled, o."financialStatus" as paid,
      (o."archivedAt" is not null)::text as archived,
      (select count(*) || ' lines of ' || coalesce(sum(qty), 0) from "OrderLine" l where l.shop = o.shop and l."shopifyOrderId" = o."shopifyOrderId") as lines,
      (select (extract(epoch from max(at)))::bigint::text from (
         select c."shopifyUpdatedAt" as at from "ShopifyOrderCache" c where c.shop = o.shop and c.id = o."shopifyOrderId"
         union all select s."shopifyUpdatedAt" from "ShopifyCacheSlot" s where s.shop = o.shop and s.kind = 'order' and s.id = o."shopifyOrderId"
       ) newest) as updated
    from "Order" o where o.shop = $1`,
  wanted: (store) =>
    each(store, "orders").map((order) => {
      const lines = readNodes(order, "lineItems");
      const units = lines.reduce((sum, line) => sum + Number(line["quantity"]), 0);
      const row = {
        name: text(order["name"]),
        total: decimal(readField(order, "currentTotalPriceSet", "shopMoney", "amount")),
        cancelled: seconds(order["cancelledAt"]),
        paid: text(order["displayFinancialStatus"]),
        archived: "false",
        lines: `${String(lines.length)} lines of ${String(units)}`,
        updated: seconds(order["updatedAt"]),
      };
      return [idFromGid(order.id), row] as const;
    }),
  mayBeGone: (row) => row["archived"] === "true",
};

const products: Comparison = {
  what: "product",
  sql: `select c.id, (c."deletedAt" is not null)::text as gone, (extract(epoch from greatest(c."shopifyUpdatedAt",
      (select max(s."shopifyUpdatedAt") from "ShopifyCacheSlot" s where s.shop = c.shop and s.kind = 'product' and s.id = c.id))))::bigint::text as updated,
      (exists (select 1 from "Product" p where p.shop = c.shop and c.id = any(p."shopifyProductIds")))::text as known
    from "ShopifyProductCache" c where c.shop = $1`,
  wanted: (store) =>
    each(store, "products").map(
      (product) =>
        [
          idFromGid(product.id),
          { gone: "false", updated: seconds(product["updatedAt"]), known: "true" },
        ] as const,
    ),
  mayBeGone: (row) => row["gone"] === "true",
};

/** Customers of orders that are still there: each has one record, reached by its own id. */
const customers: Comparison = {
  what: "customer",
  sql: `select "shopifyCustomerId" as id from "Customer" where shop = $1 and "shopifyCustomerId" is not null`,
  wanted: (store) =>
    each(store, "orders").flatMap((order) => {
      const id = readField(order, "customer", "id");
      return typeof id === "string" && order["test"] !== true ? [[idFromGid(id), {}] as const] : [];
    }),
  mayBeGone: () => true,
};

/** Levels that were told of stand as the store has them; nobody has asked for the others yet. */
const levels: Comparison = {
  what: "stock level",
  sql: `select id, "availableQty"::text as available from "ShopifyInventoryCache" where shop = $1 and "deletedAt" is null`,
  wanted: (store, told, known) =>
    each(store, "inventoryItems")
      .flatMap((item) => readNodes(item, "inventoryLevels"))
      .map((level) => [levelId(level), level] as const)
      .filter(([id]) => known.has(id) || told.levels.has(id))
      .map(([id, level]) => {
        const quantities = level["quantities"];
        const named = typeof quantities === "function" ? quantities({ names: ["available"] }) : quantities;
        return [id, { available: readText(readNodes(named)[0], "quantity") }] as const;
      }),
  mayBeGone: () => false,
};

/**
 * Everything in which the ERP differs from the store: orders missing, doubled, stale or off by a paisa, records Shopify no
 * longer has that are not archived, products, customers with orders, and stock. Empty when nothing was lost and nothing doubled.
 */
export async function compareStoreWithErp({
  database,
  shop,
  simulator,
  told,
}: Pick<LivingShop, "database" | "shop" | "simulator" | "told">): Promise<string[]> {
  const differences: string[] = [];
  for (const { what, sql, ...rules } of [orders, products, customers, levels]) {
    const { rows } = await database.pool.query<Row & { id: string }>(sql, [shop]);
    const found = new Map<string, Row>(rows.map(({ id, ...row }) => [id, row]));
    if (found.size < rows.length) differences.push(`${what}s are doubled`);
    const wanted = new Map(rules.wanted(simulator.store, told, new Set(found.keys())));
    for (const [id, row] of wanted) {
      const known = found.get(id);
      if (known === undefined) differences.push(`${what} ${id} is missing`);
      else
        for (const [name, value] of Object.entries(row))
          if (known[name] !== value)
            differences.push(
              `${what} ${id}: ${name} is ${String(known[name])}, the store says ${String(value)}`,
            );
    }
    for (const [id, row] of found)
      if (!wanted.has(id) && !rules.mayBeGone(row)) differences.push(`${what} ${id} is not in the store`);
  }
  return differences;
}

function each(store: SimStore, field: string): SimNode[] {
  const collection = store.collection(field);
  return Array.from({ length: collection?.count() ?? 0 }, (_, index) => collection?.at(index)).filter(
    (record): record is SimNode => record !== undefined,
  );
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
