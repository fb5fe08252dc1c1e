import type { SimNode } from "./types.ts";

/** A shop's record as one on Shopify Plus. */
export function onPlus(shop: SimNode): SimNode {
  const name = "Shopify Plus";
  return {
    ...shop,
    plan: { displayName: name, publicDisplayName: name, partnerDevelopment: false, shopifyPlus: true },
  };
}
