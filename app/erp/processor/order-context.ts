import type { ShopSettings } from "#app/settings/settings-schema.ts";
import type { SkuIndex } from "#app/erp/catalog/sku-index.ts";
import type { OrderFacts } from "#app/erp/facts/order-facts.ts";

/** What the ERP holds of an order already. */
export type StoredOrder = { outputHash: string; createdAt: Date };

/** Everything the rules may ask about while they compute a batch of orders: Maps, so every question is O(1). */
export type OrderContext = {
  shop: string;
  now: Date;
  settings: Pick<
    ShopSettings,
    "paymentRules" | "holdOnMoneyDifference" | "codConfirmation" | "roundRupees" | "deliveryUnknownAfterDays"
  >;
  /** Orders created before this are history. */
  cutOverAt: Date | null;
  skus: SkuIndex;
  /** Shopify's customer id → the ERP's. */
  customers: ReadonlyMap<string, string>;
  stored: ReadonlyMap<string, StoredOrder>;
  /** Order id → what the ERP itself did and what people said; absent = nothing. */
  facts: ReadonlyMap<string, OrderFacts>;
};
