import { z } from "zod";

import { storableText } from "#app/lib/storable-text.ts";

import { RecordId } from "./record-id.ts";

/** Characters of a file: some 20,000 rows. */
const MOST_TEXT = 2_000_000;

const file = {
  text: z.string().max(MOST_TEXT),
  /** For rows whose file has no such column; empty: it has. */
  reference: z.string().overwrite(storableText).trim().max(200),
  date: z.union([z.literal(""), z.iso.date()]),
};

/** Everything a person can want on the page of remittances. */
export const RemittanceIntent = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("preview"), ...file }),
  z.object({ intent: z.literal("book"), ...file }),
  /** `order`: on which order, by its number, where no parcel has the AWB; else empty. */
  z.object({
    intent: z.literal("accept"),
    id: RecordId,
    order: z.string().overwrite(storableText).trim().max(100),
  }),
  z.object({ intent: z.literal("dismiss"), id: RecordId }),
]);
export type RemittanceIntent = z.infer<typeof RemittanceIntent>;
