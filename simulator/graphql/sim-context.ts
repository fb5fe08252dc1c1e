import type { BulkApi } from "#simulator/bulk/bulk-api.ts";
import type { AdminSchema } from "#simulator/schema/load-schema.ts";
import type { MutationDesk } from "./mutations/mutation-desk.ts";
import type { SearchWarning } from "#simulator/search/compile-search.ts";
import type { SimStore } from "#simulator/store/types.ts";

/** What one GraphQL request may see and touch. */
export type SimContext = {
  readonly store: SimStore;
  readonly admin: AdminSchema;
  /** Scopes of the access token. */
  readonly granted: ReadonlySet<string>;
  readonly now: Date;
  /** Null where bulk operations make no sense (inside one). */
  readonly bulk: BulkApi | null;
  /** What mutations work with; null where none is asked (a bulk operation, a store written by hand). */
  readonly desk: MutationDesk | null;
  /** The app's API key, shown by `currentAppInstallation.app`. */
  readonly apiKey: string;
  /** Collects `extensions.search`. */
  warn(path: readonly (string | number)[], warnings: readonly SearchWarning[]): void;
};
