import { readCursorText } from "./cursor.ts";
import type { ListAt, ListPage } from "./list-page.ts";

/** All rows of a list, a page at a time in memory: what an export reads. */
export async function* everyRow<Row>(load: (at: ListAt) => Promise<ListPage<Row>>): AsyncGenerator<Row[]> {
  let at: ListAt = null;
  for (;;) {
    const { rows, next }: ListPage<Row> = await load(at);
    if (rows.length > 0) yield rows;
    if (next === null) return;
    at = { side: "after", key: readCursorText(next) as string[] };
  }
}
