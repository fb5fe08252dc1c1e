import { z } from "zod";

import { RecordId } from "./record-id.ts";

/** `seen`: the SKU the variant was mapped to when the person looked. */
const unmap = z.object({ intent: z.literal("unmap"), variantId: RecordId, seen: RecordId });

/** Everything a person can want on a product's page. */
export const ProductIntent = z.discriminatedUnion("intent", [unmap]);

/** Everything a person can want on the SKU workbench. */
export const WorkbenchIntent = z.discriminatedUnion("intent", [
  unmap,
  z.object({ intent: z.literal("find-skus"), search: z.string().max(200) }),
  /** `seen`: the SKU the variant was mapped to when the person looked; empty for none. */
  z.object({
    intent: z.literal("map"),
    variantId: RecordId,
    skuId: RecordId,
    seen: z.union([z.literal(""), RecordId]).default(""),
  }),
  z.object({ intent: z.literal("sync-products") }),
  z.object({ intent: z.enum(["accept", "reject"]), shopifyProductId: RecordId, productId: RecordId }),
]);
export type WorkbenchIntent = z.infer<typeof WorkbenchIntent>;
