import { z } from "zod";

const Count = z.int().min(0);

/** What a full compare of stock found, in levels; kept in its job's checkpoint as `compared`. */
const StockCompared = z.object({
  /** Levels that Shopify has: the sum of `fresh`, `different`, `same`, `newer` and `unreadable`. */
  shown: Count,
  /** Of them: new to us. */
  fresh: Count,
  /** Of them: other than we had. */
  different: Count,
  /** Quantities that were others, in the different ones. */
  quantities: Count,
  same: Count,
  /** Of them: they differ, and we were told later than Shopify collected them. */
  newer: Count,
  unreadable: Count,
  /** Levels of ours that Shopify did not show and is asked for; null until all is stored, or where Shopify gave no counts. */
  missing: Count.nullable(),
});
export type StockCompared = z.infer<typeof StockCompared>;

const NOTHING: StockCompared = {
  ...{ shown: 0, fresh: 0, different: 0, quantities: 0, same: 0, newer: 0, unreadable: 0, missing: null },
};

/** The compare of a job by its checkpoint; a shop that has no stock at all shows nothing. */
export function readStockCompared(checkpoint: Readonly<Record<string, unknown>>): StockCompared {
  return StockCompared.safeParse(checkpoint["compared"]).data ?? NOTHING;
}

/** In words: what Shopify has, against what we had. */
export function describeCompared(found: StockCompared): string {
  const { shown, fresh, different, quantities, same, newer, unreadable } = found;
  const figure = (value: number) => value.toLocaleString("en");
  const parts = [
    `${figure(fresh)} new to us`,
    `${figure(different)} different from what we had (${figure(quantities)} quantities)`,
    `${figure(same)} the same`,
    ...(newer > 0 ? [`${figure(newer)} changed since Shopify collected them`] : []),
    ...(unreadable > 0 ? [`${figure(unreadable)} that cannot be read`] : []),
  ];
  return `Shopify has ${figure(shown)} stock levels: ${parts.join(", ")}`;
}
