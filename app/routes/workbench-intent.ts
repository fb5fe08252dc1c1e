import { z } from "zod";

const id = z.string().min(1).max(100);

/** `seen`: the SKU the variant was mapped to when the person looked. */
const unmap = z.object({ intent: z.literal("unmap"), variantId: id, seen: id });

/** Everything a person can want on a product's page. */
export const ProductIntent = z.discriminatedUnion("intent", [unmap]);

/** Everything a person can want on the SKU workbench. */
export const WorkbenchIntent = z.discriminatedUnion("intent", [
  unmap,
  z.object({ intent: z.literal("find-skus"), search: z.string().max(200) }),
  /** `seen`: the SKU the variant was mapped to when the person looked; empty for none. */
  z.object({ intent: z.literal("map"), variantId: id, skuId: id, seen: z.string().max(100).default("") }),
  z.object({ intent: z.literal("sync-products") }),
  z.object({ intent: z.enum(["accept", "reject"]), shopifyProductId: id, productId: id }),
]);
export type WorkbenchIntent = z.infer<typeof WorkbenchIntent>;
