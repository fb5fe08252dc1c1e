/** The SKU workbench as its page shows it; plain data that survives JSON. */
import type { ListPage } from "#app/lib/list-page.ts";
import type { VariantMapping } from "./catalogue-views.ts";
import type { LabelledVariant } from "./report-sku-problems.ts";

export const workbenchParts = ["waiting", "texts", "proposals", "mappings"] as const;
export type WorkbenchPart = (typeof workbenchParts)[number];

/** How many SKU texts of the catalogue never match anything: shared by several variants, or missing. */
export type SkuProblemCounts = { duplicates: number; blank: number };

/** What each part has to do, and what moves by itself meanwhile. */
export type WorkbenchCounts = SkuProblemCounts & {
  /** Orders that failed because a SKU of theirs is not known. */
  waiting: number;
  /** Both of them together. */
  texts: number;
  proposals: number;
  mappings: number;
  /** Orders that are about to be processed. */
  releasing: number;
  /** A product sync is under way. */
  syncsProducts: boolean;
  /** Why the last product sync failed; null where it did not. */
  syncProblem: string | null;
};

/** A variant that orders name and the catalogue does not know. */
export type AwaitedSku = {
  shopifyVariantId: string;
  shopifyProductId: string | null;
  /** As the order has it. */
  skuText: string | null;
  title: string;
  variantTitle: string | null;
  /** Orders that wait for it. */
  orders: number;
  /** Those of them that wait for nothing else. */
  onlyThis: number;
  /** A few of them. */
  examples: { id: string; orderNumber: string }[];
};

export type AwaitedSkus = {
  /** The one that most orders wait for first. */
  groups: AwaitedSku[];
  /** Whether every order that waits was read; else the newest were. */
  isAll: boolean;
  /** Of those read, orders whose SKUs are all here by now: they go through at their next try. */
  ready: number;
};

/** A SKU that a person can choose. */
export type SkuChoice = {
  id: string;
  skuCode: string | null;
  title: string;
  price: string | null;
  archived: boolean;
};

/** A variant whose SKU text matches nothing. */
export type SkuProblem = LabelledVariant & {
  /** The SKU's, or the variant's where it is not in the ERP yet. */
  id: string;
  /** On how many variants its text stands; null where it has none. */
  sharedBy: number | null;
};

/** What is known of the texts before the first sync, from what Shopify has sent. */
export type CachedTexts = SkuProblemCounts & {
  /** Variants of which only the id is known so far. */
  untold: number;
  /** Products whose payload cannot be read. */
  unreadable: number;
};

export type ProposalSide = {
  name: string;
  status: string;
  vendor: string | null;
  archived: boolean;
  shopifyProductIds: string[];
  skus: number;
  /** The first few. */
  examples: { skuCode: string | null; title: string; price: string | null }[];
};

export type ProposalPair = {
  shopifyProductId: string;
  productId: string;
  /** Why it was not matched by itself, in a merchant's words. */
  reason: string;
  createdAt: string;
  /** The Shopify product, as the ERP has placed it by itself; null where it has not. */
  shopify: ProposalSide | null;
  /** As Shopify calls it; null when its cache entry is gone. */
  shopifyTitle: string | null;
  erp: ProposalSide;
};

export type MappedSku = VariantMapping & {
  skuCode: string | null;
  skuTitle: string;
  productId: string;
};

export type Workbench = {
  counts: WorkbenchCounts;
  currency: string | null;
} & (
  | { part: "waiting"; waiting: ListPage<AwaitedSku> & Omit<AwaitedSkus, "groups"> }
  | {
      part: "texts";
      texts: ListPage<SkuProblem> & {
        /** Where the ERP has no product yet, the rows are of what Shopify has sent; else null. */
        cached: CachedTexts | null;
      };
    }
  | { part: "proposals"; proposals: ListPage<ProposalPair> }
  | { part: "mappings"; mappings: ListPage<MappedSku> }
);
