import type { SimNode } from "#simulator/store/types.ts";

export type BulkUserError = {
  field: string[] | null;
  message: string;
  code: "INVALID" | "LIMIT_REACHED" | "OPERATION_IN_PROGRESS";
};

/** What GraphQL may do with the app's bulk operations. */
export type BulkApi = {
  /** @throws NotSimulatedError for a query that is valid but asks for something not simulated. */
  runQuery(request: { query: string; groupObjects: boolean; granted: ReadonlySet<string> }): {
    bulkOperation: SimNode | null;
    userErrors: BulkUserError[];
  };
  cancel(id: string): {
    bulkOperation: SimNode | null;
    userErrors: { field: string[] | null; message: string }[];
  };
  find(id: string): SimNode | null;
  /** Newest first. */
  list(): SimNode[];
};
