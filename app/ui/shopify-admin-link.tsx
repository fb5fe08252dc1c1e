import { Button, Link } from "@shopify/polaris";

import { shopifyAdminUrl } from "./shopify-admin-url.ts";

/** Beside the app, wherever the way begins: nobody loses the page they stand on. */
const BESIDE = "_blank";

/** A record in Shopify Admin, opened beside the app: where a merchant mends what Shopify has. */
export function ShopifyAdminLink({ shop, path, children }: { shop: string; path: string; children: string }) {
  return (
    <Link url={shopifyAdminUrl(shop, path)} target={BESIDE}>
      {children}
    </Link>
  );
}

/** The same as a button; `url` is one of shopifyAdminUrl's. */
export function ShopifyAdminButton({ url, children }: { url: string; children: string }) {
  return (
    <Button url={url} target={BESIDE} textAlign="start">
      {children}
    </Button>
  );
}

/** The same for an action of the title bar, which has no link. */
export function openShopifyAdmin(shop: string, path: string): void {
  window.open(shopifyAdminUrl(shop, path), BESIDE);
}

/** Where Shopify Admin shows a variant, or its product where the variant's id is not known. */
export function variantPath(productId: string, variantId: string | null): string {
  return variantId === null ? `products/${productId}` : `products/${productId}/variants/${variantId}`;
}
