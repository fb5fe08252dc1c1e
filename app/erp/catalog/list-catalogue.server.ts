import { askedConditions, type Condition } from "#app/lib/asked-conditions.ts";
import type { Db } from "#app/lib/db.server.ts";
import { hasText } from "#app/lib/has-text.ts";
import { loadListPage, type ListAt, type ListPage, type ListSort } from "#app/lib/list-page.ts";
import { selectList } from "#app/lib/select-list.ts";
import type { CatalogueRow, catalogueSorts, productContents, productShelves } from "./catalogue-views.ts";

export type CatalogueQuestion = {
  shop: string;
  /** In name, handle, vendor, a SKU text or a barcode; empty: nothing is searched. */
  search: string;
  /** Shopify's words. */
  statuses?: readonly string[] | undefined;
  shelves?: readonly (typeof productShelves)[number][] | undefined;
  contents?: readonly (typeof productContents)[number][] | undefined;
  sort: (typeof catalogueSorts)[number];
};

/** A shop's products as the list shows them. Figures are counted for the page's rows only. */
export async function listCatalogue(
  db: Db,
  { at, limit, ...question }: CatalogueQuestion & { at: ListAt; limit: number },
): Promise<ListPage<CatalogueRow>> {
  const figures = `${columns}, o."archivedAt" is not null as archived,
             cardinality(o."shopifyProductIds") as "shopifyProducts", (${hasTextProblem} or ${hasProposal}) as "hasProblem",
             (select count(*)::int from "Variation" v where v.shop = $1 and v."productId" = o.id) as variations,
             sku.skus, sku.placeholders, sku.stock`;
  const page = await loadPage<CatalogueRow & Key>(db, { at, limit, ...question }, { figures, from: skuSums });
  return { ...page, rows: page.rows.map(({ sortName: _, ...row }) => row) };
}

/** The same products, by their ids alone. */
export async function listCatalogueIds(
  db: Db,
  question: CatalogueQuestion & { at: ListAt; limit: number },
): Promise<ListPage<{ id: string }>> {
  const figures = selectList("o", ["id", "updatedAt"], { instants: ["updatedAt"] });
  return loadPage<Key>(db, question, { figures, from: "" });
}

/** What a row is sorted by. */
type Key = { id: string; sortName: string; updatedAt: string };

async function loadPage<Row extends Key>(
  db: Db,
  { at, limit, ...question }: CatalogueQuestion & { at: ListAt; limit: number },
  { figures, from }: { figures: string; from: string },
): Promise<ListPage<Row>> {
  const sort = sorts[question.sort];
  const byName = sort.columns === BY_NAME;
  return loadListPage<Row>(
    { sort, at, limit, keyOf: (row) => [byName ? row.sortName : row.updatedAt, row.id] },
    async ({ conditions, orderBy, limit: rowLimit }) => {
      const { and, values } = askedConditions([question.shop, rowLimit], [...asked(question), ...conditions]);
      const { rows } = await db.query<Row>(
        `select ${figures}, lower(o.name) as "sortName"
           from (select o.* from "Product" o where o.shop = $1${and} order by ${orderBy} limit $2) o${from}
          order by ${orderBy}`,
        values,
      );
      return rows;
    },
  );
}

const columns = selectList("o", ["id", "name", "status", "updatedAt"], { instants: ["updatedAt"] });

const skuSums = `
             cross join lateral (
               select count(*)::int as skus, count(*) filter (where s."isPlaceholder")::int as placeholders,
                      sum((select sum(l."availableQty") from "ShopifyInventoryCache" l
                            where l.shop = $1 and l."skuId" = s.id and l."deletedAt" is null))::int as stock
                 from "Sku" s where s.shop = $1 and s."productId" = o.id) sku`;

const BY_NAME = [
  { sql: "lower(o.name)", type: "text" },
  { sql: "o.id", type: "text" },
] as const;
const BY_CHANGE = [
  { sql: `o."updatedAt"`, type: "instant" },
  { sql: "o.id", type: "text" },
] as const;

const sorts: Record<(typeof catalogueSorts)[number], ListSort> = {
  "name asc": { columns: BY_NAME, direction: "asc" },
  "name desc": { columns: BY_NAME, direction: "desc" },
  "changed desc": { columns: BY_CHANGE, direction: "desc" },
  "changed asc": { columns: BY_CHANGE, direction: "asc" },
};

function asked({ search, statuses, shelves, contents }: CatalogueQuestion): Condition[] {
  const shelf = shelves?.length === 1 ? shelves[0] : undefined;
  const inside = (contents ?? []).map((content) => `(${contains[content]})`);
  return [
    ["o.status = any(?)", statuses],
    ...(shelf === undefined
      ? []
      : [[`o."archivedAt" is ${shelf === "archived" ? "not " : ""}null`] satisfies Condition]),
    ...(inside.length === 0 ? [] : [[`(${inside.join(" or ")})`] satisfies Condition]),
    ...(search === "" ? [] : [[searched, search, search, search, search, search] satisfies Condition]),
  ];
}

const searched = `(${hasText("o.name")} or ${hasText("o.handle")} or ${hasText("o.vendor")} or o.id in (
  select s."productId" from "Sku" s where s.shop = $1 and (${hasText(`s."skuCode"`)} or ${hasText("s.barcode")})))`;

const living = `s.shop = $1 and s."archivedAt" is null and not s."isPlaceholder"`;

/** SQL, of a shown "Product" o: by the rule of `reportSkuProblems`, a text of its own is shared or missing. */
const hasTextProblem = `exists (
    select from "Sku" s where ${living} and s."productId" = o.id
       and (s."skuCode" is null or exists (
         select from "Sku" d where d.shop = $1 and d."skuCode" = s."skuCode" and d.id <> s.id and not d."isPlaceholder")))`;

/**
 * SQL, of any "Product" o: the same rule for a filter, which groups all texts once, in the order of the index `Sku_texts`, which only
 * the subquery makes sure of. An array, for the planner takes shared texts for many and would look for them in every row; they are
 * few, and each is looked up.
 */
const isAmongTexts = `o.id in (
    select s."productId" from "Sku" s where ${living} and s."skuCode" is null
    union all
    select s."productId" from "Sku" s where ${living} and s."skuCode" = any(array(
      select "skuCode" from (select d."skuCode" from "Sku" d
         where d.shop = $1 and not d."isPlaceholder" and d."skuCode" is not null order by d."skuCode" offset 0) sorted
       group by 1 having count(*) > 1)))`;

/** SQL, of "Product" o: a look-alike waits for a person's word. */
const hasProposal = `exists (select from "ProductProposal" p where p.shop = $1 and p.status = 'open'
       and (p."productId" = o.id or p."shopifyProductId" = any(o."shopifyProductIds")))`;

const contains: Record<(typeof productContents)[number], string> = {
  placeholders: `o.id in (select s."productId" from "Sku" s where s.shop = $1 and s."isPlaceholder")`,
  problems: `${isAmongTexts} or ${hasProposal}`,
};
