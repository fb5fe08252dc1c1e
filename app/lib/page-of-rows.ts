import { turnPage, type KeyType, type ListAt, type ListPage, type ListSort } from "./list-page.ts";

/**
 * One page of rows that are all in memory, with the cursors and the rules of `loadListPage`: a page begins beside a key, not at a number,
 * so that it stays right while rows before it come and go.
 * @param types of a row's key, whose last part is unique
 * @param keyOf what a row is sorted by
 */
export async function pageOfRows<Row>(
  rows: readonly Row[],
  question: {
    types: readonly KeyType[];
    direction: ListSort["direction"];
    at: ListAt;
    limit: number;
    keyOf: (row: Row) => readonly string[];
  },
): Promise<ListPage<Row>> {
  const { types, keyOf } = question;
  const compare = (a: readonly string[], b: readonly string[]): number => {
    for (const [i, type] of types.entries()) {
      const [one = "", other = ""] = [a[i], b[i]];
      if (one === other) continue;
      return type === "integer" ? Number(one) - Number(other) : one < other ? -1 : 1;
    }
    return 0;
  };
  return turnPage(question, ({ key, isDescending, limit }) => {
    const sign = isDescending ? -1 : 1;
    const keyed = rows.map((row) => ({ row, own: keyOf(row) }));
    const beside = keyed.filter(({ own }) => key === null || sign * compare(own, key) > 0);
    beside.sort((a, b) => sign * compare(a.own, b.own));
    return Promise.resolve(beside.slice(0, limit).map(({ row }) => row));
  });
}
