import type { Condition } from "#app/lib/asked-conditions.ts";

/** The record after which a page begins; `at` is the time by which its list is sorted, where it is sorted by one. */
export type ListPosition = { id: string; at?: Date | undefined };

/** What every list of the ERP's records is asked. */
export type ListOptions = {
  shop: string;
  limit: number;
  /** Only what changed at or after it, in the order of change: whoever follows goes on where they stopped. */
  updatedSince?: Date | undefined;
  after?: ListPosition | undefined;
};

/**
 * SQL of a list, of table `o`, that is in the order of change where it is followed, else by id (of version 7: the oldest first).
 * Both stand in an index. Rows that share an instant are told apart by id, so that no page break loses one.
 */
export function followOrById({ updatedSince, after }: Pick<ListOptions, "updatedSince" | "after">): {
  conditions: Condition[];
  orderBy: string;
} {
  if (updatedSince === undefined) return { conditions: [["o.id > ?", after?.id]], orderBy: "o.id" };
  return {
    conditions: [
      [`o."updatedAt" >= ?`, updatedSince],
      [`(o."updatedAt", o.id) > (?, ?)`, after?.at, after?.id],
    ],
    orderBy: `o."updatedAt", o.id`,
  };
}
