import { sameJson } from "#app/lib/same-json.ts";

/** Rows by id that remember how they were loaded, so that only what differs is written. */
export class RowSet<Row extends { id: string }> {
  readonly #rows = new Map<string, Row>();
  readonly #loaded = new Map<string, Row>();
  readonly #touched = new Set<string>();

  load(row: Row): Row {
    this.#rows.set(row.id, row);
    this.#loaded.set(row.id, row);
    return row;
  }

  /** Puts a row; one that equals what is there is no change. */
  put(row: Row): Row {
    const before = this.#rows.get(row.id);
    if (before !== undefined && sameJson(before, row)) return before;
    this.#rows.set(row.id, row);
    this.#touched.add(row.id);
    return row;
  }

  get(id: string): Row | undefined {
    return this.#rows.get(id);
  }

  pick(ids: ReadonlySet<string> | undefined): Row[] {
    return [...(ids ?? [])].map((id) => this.#rows.get(id)).filter((row) => row !== undefined);
  }

  /** Rows that differ from what was loaded, with that; `before` is undefined for a new row. */
  changes(): { before: Row | undefined; after: Row }[] {
    const changed: { before: Row | undefined; after: Row }[] = [];
    for (const id of this.#touched) {
      const after = this.#rows.get(id);
      const before = this.#loaded.get(id);
      if (after !== undefined && (before === undefined || !sameJson(before, after)))
        changed.push({ before, after });
    }
    return changed;
  }
}
