import type { ListPage } from "#app/lib/list-page.ts";
import type { OpenIntents } from "#app/outbox/intent-row.ts";
import type { KindSwitches } from "#app/outbox/intent-standing.ts";
import type { OutboxRow } from "#app/writeback/outbox-row.ts";

/** The page of what Shopify is told. */
export type OutboxListView = {
  page: ListPage<OutboxRow>;
  ignored: string[];
  /** What is open of each kind of which anything is. */
  open: OpenIntents[];
  switches: KindSwitches;
};
