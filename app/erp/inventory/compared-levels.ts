import type { ShopSettings } from "#app/settings/settings-schema.ts";

/** Units asked for that the ERP does not know of; `locationId` null: of any location that stocks the item. */
export type Demand = { inventoryItemId: string; locationId: string | null; units: number };

/** What `comparedLevels` is computed with. */
export type ComparedWith = {
  shop: string;
  locations: ShopSettings["stock"]["locations"];
  demand: readonly Demand[];
};

/** $1 … $6 of `comparedLevels` and `fedNowhere`. */
export function comparedValues({ shop, locations, demand }: ComparedWith): unknown[] {
  return [
    ...[shop, locations.map(({ erp }) => erp), locations.map(({ shopify }) => shopify)],
    ...[demand.map(({ inventoryItemId }) => inventoryItemId), demand.map(({ locationId }) => locationId)],
    demand.map(({ units }) => units),
  ];
}

/** Why a level is not pushed; the first that holds. */
const SKIPPED = (
  isStocked: boolean,
) => `case when s."archivedAt" is not null then 'archived' when s."isBundle" then 'bundle'
    when not s.tracked then 'untracked' ${isStocked ? `when fed.sellable is null then 'nothing_said'` : `else 'not_stocked'`} end`;

/** What a whole pass can go without. */
export type PassOf = {
  /** Whether several of the ERP's locations have stock for one of Shopify's: summing up takes longer than all the rest. */
  isSummed?: boolean;
  /** Whether any location is mapped. */
  isMapped?: boolean;
  /** Whether orders ask for anything. */
  isAsked?: boolean;
};

/** True, and says of what type the parameters are that a pass goes without. */
const TYPED = `cardinality($2::text[]) + cardinality($3::text[]) + cardinality($4::text[]) + cardinality($5::text[])
  + cardinality($6::int[]) >= 0`;

const SAID = `from "ErpStock" e left join unnest($2::text[], $3::text[]) p(erp, shopify) on p.erp = e."locationId" where e.shop = $1`;
const LOCATION = `coalesce(p.shopify, e."locationId")`;
/** Each of the ERP's locations may have a thousand million; more than two thousand million is as good as that, and no integer overflows. */
const summed = (column: string) =>
  `case when sum(e."${column}") > 2000000000 then 2000000000 else sum(e."${column}")::int end`;
const SUMS = `${summed("sellableQty")} as sellable, ${summed("safetyStockQty")} as safety, max(e."updatedAt") as said`;

/** SQL: what the ERP says, by SKU and the location of Shopify's that it feeds. */
export function saidOfAll({ isSummed = true, isMapped = true }: PassOf): string {
  if (isSummed) return `select e."skuId", ${LOCATION} as location, ${SUMS} ${SAID} group by 1, 2`;
  const [location, said] = isMapped
    ? [LOCATION, SAID]
    : [`e."locationId"`, `from "ErpStock" e where e.shop = $1`];
  return `select e."skuId", ${location} as location, e."sellableQty" as sellable, e."safetyStockQty" as safety, e."updatedAt" as said ${said}`;
}

const asked = (location: string, columns: string) => `(select ${columns}, sum(d.units)::int as units
    from unnest($4::text[], $5::text[], $6::int[]) d(item, location, units) where d.location is ${location} group by ${columns})`;

const columns = (
  isStocked: boolean,
  level: { item: string; location: string; shopify: string },
  isAsked = true,
) => `
  ${level.item} || '@' || ${level.location} as id, ${level.item} as "shopifyInventoryItemId", ${level.location} as "shopifyLocationId",
  s.id as "skuId", s."skuCode", s.title, coalesce(fed.sellable, 0) as sellable, coalesce(fed.safety, 0) as safety, fed.said,
  ${isAsked ? "coalesce(here.units, 0) + coalesce(anywhere.units, 0)" : "0"} as unprocessed, ${level.shopify} as shopify, ${SKIPPED(isStocked)} as skipped,
  fed.sellable is not null and ${level.item} = s."shopifyInventoryItemId" as "isPlaced"`;

const demandOf = (item: string, location: string) => `
  left join ${asked("not null", "d.item, d.location")} here on here.item = ${item} and here.location = ${location}
  left join ${asked("null", "d.item")} anywhere on anywhere.item = ${item}`;

/** SQL of a level `c` that is compared, where its SKU is known. */
export const IS_COMPARED = `c.shop = $1 and c."deletedAt" is null and c."lastSynced" is not null`;

/**
 * SQL: Shopify's levels that a SKU has, with what the ERP's locations that feed them say. An ERP location in no pair of the mapping
 * feeds Shopify's location of its own id.
 * @param ids a parameter: only these levels, looked up one by one
 * @param walked SQL: only these rows of "ShopifyInventoryCache", looked up one by one in their order
 * @param pass of all levels, in one pass
 */
export function comparedLevels({
  ids,
  walked,
  pass = {},
}: { ids?: string; walked?: string; pass?: PassOf } = {}): string {
  const level = {
    item: `c."shopifyInventoryItemId"`,
    location: `c."shopifyLocationId"`,
    shopify: `c."availableQty"`,
  };
  const which = `${IS_COMPARED}${ids === undefined ? "" : ` and c.id = any(${ids})`}`;
  const rows = walked ?? `select c.* from "ShopifyInventoryCache" c where ${which}`;
  // "offset 0": else the planner, which cannot know how few are shown, reads all SKUs and sorts what was in order.
  const joined =
    ids === undefined && walked === undefined
      ? `join "Sku" s on s.shop = $1 and s.id = c."skuId"
         left join (${saidOfAll(pass)}) fed on fed."skuId" = c."skuId" and fed.location = c."shopifyLocationId"`
      : `join lateral (select s.* from "Sku" s where s.shop = $1 and s.id = c."skuId" offset 0) s on true
         join lateral (select ${SUMS} ${SAID} and e."skuId" = c."skuId" and ${LOCATION} = c."shopifyLocationId") fed on true`;
  const demand = pass.isAsked === false ? "" : demandOf(level.item, level.location);
  return `select ${columns(true, level, pass.isAsked)} from (${rows}) c ${joined} ${demand} where ${TYPED}`;
}

/**
 * SQL: what the ERP has for locations where Shopify does not stock the item; the same columns.
 * @param isLookedUp where few items are asked for: what the ERP says of each is looked up
 */
export function fedNowhere({
  isLookedUp = false,
  pass = {},
}: { isLookedUp?: boolean; pass?: PassOf } = {}): string {
  const level = { item: `s."shopifyInventoryItemId"`, location: "fed.location", shopify: "null::int" };
  const said = isLookedUp
    ? `lateral (select ${LOCATION} as location, ${SUMS} ${SAID} and e."skuId" = s.id group by 1) fed on true`
    : `(${saidOfAll(pass)}) fed on fed."skuId" = s.id`;
  const demand = pass.isAsked === false ? "" : demandOf(level.item, level.location);
  return `select ${columns(false, level, pass.isAsked)} from "Sku" s join ${said} ${demand}
   where ${TYPED} and s.shop = $1 and s."shopifyInventoryItemId" is not null and not exists (select from "ShopifyInventoryCache" c
     where c.shop = $1 and c."shopifyInventoryItemId" = s."shopifyInventoryItemId" and c."shopifyLocationId" = fed.location
       and c."deletedAt" is null${isLookedUp ? " offset 0" : ""})`;
}

/** SQL over the columns above: what Shopify is to show, and whether it would be pushed. */
export const target = `greatest(c.sellable - c.safety - c.unprocessed, 0)`;
export const isDiffering = `(c.skipped is null and ${target} is distinct from c.shopify)`;
