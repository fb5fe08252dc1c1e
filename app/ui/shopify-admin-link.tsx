import { Link } from "@shopify/polaris";

/** A record in Shopify Admin, opened beside the app: where a merchant mends what Shopify has. */
export function ShopifyAdminLink({ shop, path, children }: { shop: string; path: string; children: string }) {
  return (
    <Link url={shopifyAdminUrl(shop, path)} target="_blank">
      {children}
    </Link>
  );
}

/** @param path "products/123" */
export function shopifyAdminUrl(shop: string, path: string): string {
  return `https://admin.shopify.com/store/${shop.replace(/\.myshopify\.com$/, "")}/${path}`;
}

/** Where Shopify Admin shows a variant, or its product where the variant's id is not known. */
export function variantPath(productId: string, variantId: string | null): string {
  return variantId === null ? `products/${productId}` : `products/${productId}/variants/${variantId}`;
}
