/** One request as GET /control/requests shows it. */
export type LoggedRequest = {
  at: string;
  method: string;
  path: string;
  status: number;
  /** Root fields asked, for GraphQL. */
  operations: string[];
  /** Points taken from the bucket. */
  cost: number;
  /** Messages of the GraphQL errors in the answer. */
  errors: string[];
};

const KEPT = 1000;

/** The last requests, oldest first. */
export function createRequestLog(): {
  add(entry: LoggedRequest): void;
  list(): readonly LoggedRequest[];
  clear(): void;
} {
  let entries: LoggedRequest[] = [];
  return {
    add(entry) {
      entries.push(entry);
      if (entries.length > KEPT) entries.shift();
    },
    list: () => entries,
    clear() {
      entries = [];
    },
  };
}
