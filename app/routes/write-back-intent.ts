import { z } from "zod";

import { writeBackKinds } from "#app/settings/settings-schema.ts";

import { RecordId } from "./record-id.ts";

const kind = z.enum(writeBackKinds);

/** Everything a person can want on the page of write-backs. */
export const WriteBackIntent = z.discriminatedUnion("intent", [
  /** To be shown what a kind would send. */
  z.object({ intent: z.literal("preview"), kind }),
  z.object({ intent: z.literal("on"), kind, previewId: RecordId }),
  z.object({ intent: z.literal("off"), kind }),
  /** Shopify has given a permission: which the app has is to be asked anew. */
  z.object({ intent: z.literal("permission") }),
]);
export type WriteBackIntent = z.infer<typeof WriteBackIntent>;
