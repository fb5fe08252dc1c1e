import type { ShopSettings } from "#app/settings/settings-schema.ts";

/** Units asked for that the ERP does not know of; `locationId` null: of any location that stocks the item. */
export type Demand = { inventoryItemId: string; locationId: string | null; units: number };

/** What `comparedLevels` is computed with. */
export type ComparedWith = {
  shop: string;
  locations: ShopSettings["stock"]["locations"];
  demand: readonly Demand[];
};

/** $1 … of `comparedLevels`. */
export function comparedValues({ shop, locations, demand }: ComparedWith): unknown[] {
  return [
    ...[shop, locations.map(({ erp }) => erp), locations.map(({ shopify }) => shopify)],
    demand.map(({ inventoryItemId, locationId }) => `${inventoryItemId}@${locationId ?? ""}`),
    demand.map(({ units }) => units),
  ];
}

/** Why a level is not pushed; the first that holds. */
const SKIPPED = (
  isStocked: boolean,
) => `case when s."archivedAt" is not null then 'archived' when s."isBundle" then 'bundle'
    when not s.tracked then 'untracked' ${isStocked ? `when fed.sellable is null then 'nothing_said'` : `else 'not_stocked'`} end`;

const fed = (where: string) => `select e."skuId", coalesce(p.shopify, e."locationId") as location,
      sum(e."sellableQty")::int as sellable, sum(e."safetyStockQty")::int as safety, max(e."updatedAt") as said
    from "ErpStock" e left join unnest($2::text[], $3::text[]) p(erp, shopify) on p.erp = e."locationId"
   where e.shop = $1 ${where} group by 1, 2`;

const asked = `(select d.id, sum(d.units)::int as units from unnest($4::text[], $5::int[]) d(id, units) group by 1)`;

const columns = (isStocked: boolean, level: { item: string; location: string; shopify: string }) => `
  ${level.item} || '@' || ${level.location} as id, ${level.item} as "shopifyInventoryItemId", ${level.location} as "shopifyLocationId",
  s.id as "skuId", s."skuCode", s.title, coalesce(fed.sellable, 0) as sellable, coalesce(fed.safety, 0) as safety, fed.said,
  coalesce(here.units, 0) + coalesce(anywhere.units, 0) as unprocessed, ${level.shopify} as shopify, ${SKIPPED(isStocked)} as skipped`;

const demandOf = (item: string, location: string) => `
  left join ${asked} here on here.id = ${item} || '@' || ${location}
  left join ${asked} anywhere on anywhere.id = ${item} || '@'`;

/**
 * SQL: Shopify's levels that a SKU has, with what the ERP's locations that feed them say. An ERP location in no pair of the mapping
 * feeds Shopify's location of its own id.
 * @param ids a parameter: only these levels, looked up one by one; else all of them in one pass
 */
export function comparedLevels({ ids }: { ids?: string } = {}): string {
  const level = {
    item: `c."shopifyInventoryItemId"`,
    location: `c."shopifyLocationId"`,
    shopify: `c."availableQty"`,
  };
  const sources =
    ids === undefined ? `(${fed("")}) fed` : `lateral (${fed(`and e."skuId" = c."skuId"`)}) fed`;
  return `select ${columns(true, level)} from "ShopifyInventoryCache" c
    join "Sku" s on s.shop = $1 and s.id = c."skuId"
    left join ${sources} on fed."skuId" = c."skuId" and fed.location = c."shopifyLocationId"${demandOf(level.item, level.location)}
   where c.shop = $1 and c."deletedAt" is null and c."lastSynced" is not null${ids === undefined ? "" : ` and c.id = any(${ids})`}`;
}

/** SQL: what the ERP has for locations where Shopify does not stock the item; the same columns. */
export function fedNowhere(): string {
  const level = { item: `s."shopifyInventoryItemId"`, location: "fed.location", shopify: "null::int" };
  return `select ${columns(false, level)} from (${fed("")}) fed join "Sku" s on s.shop = $1 and s.id = fed."skuId"${demandOf(level.item, level.location)}
   where s."shopifyInventoryItemId" is not null and not exists (select from "ShopifyInventoryCache" c
     where c.shop = $1 and c.id = s."shopifyInventoryItemId" || '@' || fed.location and c."deletedAt" is null)`;
}

/** SQL over the columns above: what Shopify is to show, and whether it would be pushed. */
export const target = `greatest(c.sellable - c.safety - c.unprocessed, 0)`;
export const isDiffering = `(c.skipped is null and ${target} is distinct from c.shopify)`;
