import type { Pool } from "pg";
import { someHasText } from "#app/lib/has-text.ts";
import type { ListAt, ListPage } from "#app/lib/list-page.ts";
import { pageOfRows } from "#app/lib/page-of-rows.ts";
import { findAwaitedSkus } from "./find-awaited-skus.server.ts";
import type { AwaitedSku, AwaitedSkus } from "./workbench-views.ts";

/**
 * One page of the variants that orders wait for, the one that most wait for first.
 * @param search what the SKU text, the title or the variant's id has in it; empty: nothing is searched
 */
export async function listAwaitedSkus(
  pool: Pool,
  { shop, search, at, limit }: { shop: string; search: string; at: ListAt; limit: number },
): Promise<ListPage<AwaitedSku> & Omit<AwaitedSkus, "groups">> {
  const { groups, ...rest } = await findAwaitedSkus(pool, { shop });
  const found = groups.filter(({ skuText, title, variantTitle, shopifyVariantId }) =>
    someHasText([skuText, title, variantTitle, shopifyVariantId], search),
  );
  const page = await pageOfRows(found, {
    ...{ types: ["integer", "text"], direction: "asc", at, limit },
    // The order of `findAwaitedSkus`.
    keyOf: ({ orders, shopifyVariantId }) => [String(-orders), shopifyVariantId],
  });
  return { ...page, ...rest };
}
