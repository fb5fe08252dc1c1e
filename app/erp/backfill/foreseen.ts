/** What processing some entries again would do, none of which is done. */
export type Foreseen = {
  entries: { id: string; outcome: "created" | "updated" | "unchanged" }[];
  /** Entries that cannot be processed as things are now. */
  failed: { id: string; code: string; text: string }[];
  /** By table and column (`Order.note`): of how many records it would change. */
  columns: Readonly<Record<string, number>>;
};

/** Counts, for each name, in how many of the lists it is. */
export function countNames(lists: Iterable<Iterable<string>>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const list of lists) for (const name of new Set(list)) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
