import { z } from "@hono/zod-openapi";
import type { ListPosition } from "#app/erp/list-position.ts";

import { PageQuery, readCursor } from "./cursor.ts";
import { Instant, PlainText } from "./schemas.ts";

/** Shopify's ids are numbers of up to 19 digits. */
export const ShopifyId = z
  .string()
  .regex(/^\d{1,19}$/, "an id of Shopify's is its number, as in 5123456789012")
  .openapi({ example: "5123456789012" });

/** Yes or no in a query. */
export const Flag = z.enum(["true", "false"]).transform((text) => text === "true");

/** What a list takes that somebody can follow. */
export const FollowQuery = PageQuery.extend({
  updatedSince: Instant.optional().openapi({
    description: [
      "Only records whose `updatedAt` is at or after this, in the order of `updatedAt`.",
      "To follow: read all pages, then begin again with the newest `updatedAt` seen, less an hour.",
      "A record is stamped when the run that writes it begins, so one of a long run can appear after records with later stamps;",
      "the overlap brings it, and what is known already is told by id and `updatedAt`.",
    ].join(" "),
  }),
});

/** The order of a list. Its cursors name it: that of one order means nothing in another. */
export type ListOrder = "id" | "created" | "updated";

/** Where a page begins, by its cursor; undefined at the beginning. */
export function readPosition(after: string | undefined, order: ListOrder): ListPosition | undefined {
  const time = order === "id" ? z.literal("") : Instant;
  const key = readCursor(after, z.tuple([z.literal(order), time, PlainText.max(50)]));
  if (key === null) return undefined;
  const [, at, id] = key;
  return { id, at: at === "" ? undefined : new Date(at) };
}

/** The cursor key of a record of a list that follows changes or goes by id. */
export function followKey(updatedSince: string | undefined) {
  return ({ id, updatedAt }: { id: string; updatedAt: string }): readonly string[] =>
    updatedSince === undefined ? ["id", "", id] : ["updated", updatedAt, id];
}

/** What a list is asked, as its loader takes it. */
export function followOptions({ limit, after, updatedSince }: z.infer<typeof FollowQuery>) {
  return {
    limit: limit + 1,
    updatedSince: asDate(updatedSince),
    after: readPosition(after, updatedSince === undefined ? "id" : "updated"),
  };
}

export function asDate(instant: string | undefined): Date | undefined {
  return instant === undefined ? undefined : new Date(instant);
}
