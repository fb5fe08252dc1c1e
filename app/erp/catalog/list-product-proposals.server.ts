import { askedConditions, type Condition } from "#app/lib/asked-conditions.ts";
import type { Db } from "#app/lib/db.server.ts";
import { hasText } from "#app/lib/has-text.ts";
import { loadListPage, type ListAt, type ListPage } from "#app/lib/list-page.ts";
import { selectList } from "#app/lib/select-list.ts";
import type { ProposalPair, ProposalSide } from "./workbench-views.ts";

/** SKUs shown of each product: enough to see whether two are the same. */
const EXAMPLES = 5;

const SORT = {
  columns: [
    { sql: `o."shopifyProductId"`, type: "text" },
    { sql: `o."productId"`, type: "text" },
  ],
  direction: "asc",
} as const;

/** SQL: the name of either product, or Shopify's id. */
const searched = `(${hasText("known.name")} or ${hasText(`o."shopifyProductId"`)} or exists (
  select from "ShopifyProductCache" c where c.shop = $1 and c.id = o."shopifyProductId" and ${hasText("c.title")}))`;

/** Look-alikes that wait for a person's word, both products of each side by side. */
export async function listProductProposals(
  db: Db,
  { shop, search = "", at = null, limit }: { shop: string; search?: string; at?: ListAt; limit: number },
): Promise<ListPage<ProposalPair>> {
  return loadListPage<ProposalPair>(
    { sort: SORT, at, limit, keyOf: (row) => [row.shopifyProductId, row.productId] },
    async ({ conditions, orderBy, limit: rowLimit }) => {
      const asked: Condition[] = search === "" ? [] : [[searched, search, search, search]];
      const { and, values } = askedConditions([shop, rowLimit], [...asked, ...conditions]);
      const { rows } = await db.query<ProposalPair>(
        `select ${columns}, cached.title as "shopifyTitle", ${side("erp", `s."productId" = erp.id`)} as erp,
                case when own.id is not null then
                  ${side("own", `s."productId" = own.id and v."shopifySourceProductId" = o."shopifyProductId"`)} end as shopify
           from (select o.* from "ProductProposal" o join "Product" known on known.shop = o.shop and known.id = o."productId"
                  where o.shop = $1 and o.status = 'open'${and} order by ${orderBy} limit $2) o
           join "Product" erp on erp.shop = $1 and erp.id = o."productId"
           left join "ShopifyProductCache" cached on cached.shop = $1 and cached.id = o."shopifyProductId"
           left join lateral (select p.* from "Product" p
             where p.shop = $1 and p."shopifyProductIds" @> array[o."shopifyProductId"] limit 1) own on true
          order by ${orderBy}`,
        values,
      );
      return rows;
    },
  );
}

const columns = selectList("o", ["shopifyProductId", "productId", "reason", "createdAt"], {
  instants: ["createdAt"],
});

/** SQL: a `ProposalSide` of the product `alias`, with those of its SKUs that count. */
function side(alias: string, counts: string): string {
  const skus = `from "Sku" s join "Variation" v on v.shop = $1 and v.id = s."variationId" where s.shop = $1 and ${counts}`;
  const fields = {
    name: `${alias}.name`,
    status: `${alias}.status`,
    vendor: `${alias}.vendor`,
    archived: `${alias}."archivedAt" is not null`,
    shopifyProductIds: `${alias}."shopifyProductIds"`,
    skus: `(select count(*) ${skus})`,
    examples: `(select coalesce(json_agg(row_to_json(one)), '[]') from (
      select s."skuCode", s.title, s.price::text as price ${skus} order by v.position, s.position, s.id limit ${String(EXAMPLES)}) one)`,
  } satisfies Record<keyof ProposalSide, string>;
  return `json_build_object(${Object.entries(fields)
    .map(([name, sql]) => `'${name}', ${sql}`)
    .join(", ")})`;
}
