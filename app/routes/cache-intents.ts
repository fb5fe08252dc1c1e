import { z } from "zod";

import { errorCatalogue, type ErrorCode } from "#app/lib/errors.ts";

import { RecordId } from "./record-id.ts";

const codes = Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]];

/** Everything a person can want on a list of the cache. */
export const CacheIntent = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("retry-failed"),
    /** Only those that failed with one of these; with a comma between them, none: all. */
    codes: z
      .string()
      .transform((text) => text.split(",").filter((code) => code !== ""))
      .pipe(z.array(z.enum(codes))),
  }),
  z.object({ intent: z.literal("retry-entry"), id: RecordId }),
  z.object({ intent: z.literal("process-pending") }),
]);

/** Everything a person can want on an entry's page. */
export const EntryIntent = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("retry") }),
  z.object({ intent: z.literal("fetch") }),
]);
