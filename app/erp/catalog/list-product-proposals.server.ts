import type { Db } from "#app/lib/db.server.ts";

/** A look-alike that waits for a person's word. */
export type OpenProposal = {
  shopifyProductId: string;
  /** As Shopify calls it; null when its entry is gone. */
  shopifyTitle: string | null;
  /** The ERP product it may be. */
  productId: string;
  productName: string;
  /** Why it was not matched by itself, in a merchant's words. */
  reason: string;
  createdAt: Date;
};

/** Where a page ended: the key of its last proposal. */
export type ProposalCursor = { shopifyProductId: string; productId: string };

/** Open proposals by key; `next` is null on the last page. */
export async function listProductProposals(
  db: Db,
  { shop, after, limit }: { shop: string; after?: ProposalCursor; limit: number },
): Promise<{ proposals: OpenProposal[]; next: ProposalCursor | null }> {
  const { rows } = await db.query<OpenProposal>(
    `select proposal."shopifyProductId", cached.title as "shopifyTitle", proposal."productId",
            product.name as "productName", proposal.reason, proposal."createdAt"
       from "ProductProposal" proposal
       join "Product" product on product.shop = proposal.shop and product.id = proposal."productId"
       left join "ShopifyProductCache" cached on cached.shop = proposal.shop and cached.id = proposal."shopifyProductId"
      where proposal.shop = $1 and proposal.status = 'open'
        and (proposal."shopifyProductId", proposal."productId") > ($2, $3)
      order by proposal."shopifyProductId", proposal."productId"
      limit $4`,
    [shop, after?.shopifyProductId ?? "", after?.productId ?? "", limit + 1],
  );
  const proposals = rows.slice(0, limit);
  const last = proposals.at(-1);
  const more = rows.length > limit && last !== undefined;
  return {
    proposals,
    next: more ? { shopifyProductId: last.shopifyProductId, productId: last.productId } : null,
  };
}
