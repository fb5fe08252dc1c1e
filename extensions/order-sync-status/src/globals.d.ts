import type { Api } from "@shopify/ui-extensions/admin.order-details.block.render";

declare global {
  /** What Shopify gives this target. */
  const shopify: Api;
}
