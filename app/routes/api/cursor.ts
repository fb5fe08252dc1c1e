import { z } from "@hono/zod-openapi";
import { readCursorText, writeCursor } from "#app/lib/cursor.ts";
import { AppError } from "#app/lib/errors.ts";

const DEFAULT_LIMIT = 50;
const MOST = 250;

/** What every list takes: how many, and after which. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(MOST).default(DEFAULT_LIMIT).openapi({
    description: "How many at most.",
  }),
  after: z.string().max(500).optional().openapi({
    description: "`next` of the page before; left out, the list begins at its beginning.",
  }),
});

/** A page of a list as the API answers it. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({
    items: z.array(item),
    next: z
      .string()
      .nullable()
      .openapi({ description: "Send it as `after` for the next page; null at the end." }),
  });
}

/**
 * The sort key of the item a page begins after; null at the beginning.
 * @throws AppError VALIDATION for what no list has given out
 */
export function readCursor<Key extends z.ZodType>(after: string | undefined, key: Key): z.infer<Key> | null {
  if (after === undefined) return null;
  try {
    return key.parse(readCursorText(after));
  } catch (cause) {
    throw new AppError("VALIDATION", "after: send the `next` of the page before, as it came.", { cause });
  }
}

/**
 * Cuts what was read (one more than asked for, if there is more) to a page.
 * @param keyOf the sort key by which the next page begins
 */
export function toPage<Row, Item>(
  rows: readonly Row[],
  { limit, keyOf, view }: { limit: number; keyOf: (row: Row) => readonly string[]; view: (row: Row) => Item },
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? writeCursor(keyOf(last)) : null;
  return { items: shown.map(view), next };
}
