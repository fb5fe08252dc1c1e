/** Where an embedded app may be framed when the Shopify library could not name the shop. */
const SHOPIFY_FRAMES = "frame-ancestors https://admin.shopify.com https://*.myshopify.com;";

const SHOPIFY_CDN = "https://cdn.shopify.com";

/**
 * The Content-Security-Policy of a page.
 * @param frameAncestors the policy the Shopify library has set (`frame-ancestors https://{shop} …;`),
 *   null where it set none
 * @param appBridgeUrl where App Bridge is loaded from; undefined = Shopify's CDN
 * @param development lets Vite's hot reload connect
 */
export function contentSecurityPolicy({
  nonce,
  frameAncestors,
  appBridgeUrl,
  development,
}: {
  nonce: string;
  frameAncestors: string | null;
  appBridgeUrl: string | undefined;
  development: boolean;
}): string {
  const appBridge = appBridgeUrl ? new URL(appBridgeUrl).origin : SHOPIFY_CDN;
  const directives = [
    `default-src 'self' ${SHOPIFY_CDN}`,
    `script-src 'self' 'nonce-${nonce}' ${appBridge}`,
    // Polaris sets custom properties by style attributes.
    `style-src 'self' 'unsafe-inline' ${SHOPIFY_CDN}`,
    "img-src 'self' data: blob: https:",
    `connect-src 'self' ${appBridge} https://*.shopify.com https://*.shopifysvc.com${development ? " ws: wss:" : ""}`,
    "base-uri 'self'",
    "form-action 'self' https://*.shopify.com",
    "object-src 'none'",
  ];
  const frames = (frameAncestors ?? SHOPIFY_FRAMES).trim().replace(/;$/, "");
  return [frames, ...directives].join("; ");
}
