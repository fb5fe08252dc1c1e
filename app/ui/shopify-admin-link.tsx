import { Link } from "@shopify/polaris";

import { shopifyAdminUrl } from "./shopify-admin-url.ts";

/** A record in Shopify Admin, opened beside the app: where a merchant mends what Shopify has. */
export function ShopifyAdminLink({ shop, path, children }: { shop: string; path: string; children: string }) {
  return (
    <Link url={shopifyAdminUrl(shop, path)} target="_blank">
      {children}
    </Link>
  );
}

/** Where Shopify Admin shows a variant, or its product where the variant's id is not known. */
export function variantPath(productId: string, variantId: string | null): string {
  return variantId === null ? `products/${productId}` : `products/${productId}/variants/${variantId}`;
}
