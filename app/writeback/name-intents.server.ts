import { lineName } from "#app/erp/orders/line-name.ts";
import type { Db } from "#app/lib/db.server.ts";
import type { IntentRow } from "#app/outbox/intent-row.ts";
import { describeIntent } from "./describe-intent.ts";
import type { NamedIntent } from "./outbox-row.ts";

type Named = Pick<IntentRow, "kind" | "entity" | "entityId" | "payload">;

/** Names and words of intents, with three questions for all of them. */
export async function nameIntents<Row extends Named>(
  db: Db,
  { shop, rows }: { shop: string; rows: readonly Row[] },
): Promise<(Row & NamedIntent)[]> {
  const orderIds = idsOf(rows, "order");
  const { numbers, titles } = await loadOrderNames(db, { shop, orderIds });
  const levels = await loadLevelNames(db, { shop, levelIds: idsOf(rows, "stock") });
  return rows.map((row) => {
    if (row.entity === "stock") {
      const stock = levels.get(row.entityId) ?? { skuId: null, ...unknownLevel(row.entityId) };
      return {
        ...row,
        orderNumber: null,
        stock,
        words: `set the stock of ${stock.sku} at ${stock.location}`,
      };
    }
    return {
      ...{ ...row, orderNumber: numbers.get(row.entityId) ?? null, stock: null },
      words: describeIntent({ ...row, titles: titles.get(row.entityId) ?? new Map<string, string>() }),
    };
  });
}

function idsOf(rows: readonly Named[], of: Named["entity"]): string[] {
  return [...new Set(rows.filter(({ entity }) => entity === of).map(({ entityId }) => entityId))];
}

async function loadOrderNames(db: Db, { shop, orderIds }: { shop: string; orderIds: string[] }) {
  const titles = new Map<string, Map<string, string>>();
  if (orderIds.length === 0) return { numbers: new Map<string, string>(), titles };
  const orders = await db.query<{ id: string; orderNumber: string }>(
    `select "shopifyOrderId" as id, "orderNumber" from "Order" where shop = $1 and "shopifyOrderId" = any($2)`,
    [shop, orderIds],
  );
  const lines = await db.query<{ orderId: string; id: string; title: string; variantTitle: string | null }>(
    `select "shopifyOrderId" as "orderId", "shopifyLineId" as id, title, "variantTitle" from "OrderLine"
     where shop = $1 and "shopifyOrderId" = any($2)`,
    [shop, orderIds],
  );
  for (const { orderId, id, ...line } of lines.rows) {
    const known = titles.get(orderId) ?? new Map<string, string>();
    titles.set(orderId, known.set(id, lineName(line)));
  }
  return { numbers: new Map(orders.rows.map(({ id, orderNumber }) => [id, orderNumber])), titles };
}

/** Of which SKU a level is and where, by what the cache knows of it; of one that it does not have, by the item and the place alone. */
async function loadLevelNames(db: Db, { shop, levelIds }: { shop: string; levelIds: string[] }) {
  if (levelIds.length === 0) return new Map<string, NonNullable<NamedIntent["stock"]>>();
  const { rows } = await db.query<{
    id: string;
    skuId: string | null;
    sku: string | null;
    location: string | null;
  }>(
    `select asked.id, sku.id as "skuId", coalesce(sku."skuCode", sku.title) as sku, place.name as location
       from (select id, split_part(id, '@', 1) as item, split_part(id, '@', 2) as "locationId" from unnest($2::text[]) id) asked
       left join "ShopifyInventoryCache" level on level.shop = $1 and level.id = asked.id
       left join lateral (select s.id, s."skuCode", s.title from "Sku" s where s.shop = $1
           and (s.id = level."skuId" or level."skuId" is null and s."shopifyInventoryItemId" = asked.item)
         order by s."archivedAt" nulls first, s.id limit 1) sku on true
       left join "ShopifyLocation" place on place.shop = $1 and place.id = asked."locationId"`,
    [shop, levelIds],
  );
  return new Map(
    rows.map(({ id, skuId, sku, location }) => {
      const unknown = unknownLevel(id);
      return [id, { skuId, sku: sku ?? unknown.sku, location: location ?? unknown.location }];
    }),
  );
}

function unknownLevel(id: string): { sku: string; location: string } {
  const [item = "", location = ""] = id.split("@");
  return { sku: `inventory item ${item}`, location: `location ${location}` };
}
