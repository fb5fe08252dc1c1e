/**
 * Where Shopify Admin shows something of a shop.
 * @param path "products/123"
 */
export function shopifyAdminUrl(shop: string, path: string): string {
  return `https://admin.shopify.com/store/${shop.replace(/\.myshopify\.com$/, "")}/${path}`;
}
