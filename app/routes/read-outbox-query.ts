import type { ListAt } from "#app/lib/list-page.ts";
import {
  intentKinds,
  outboxStatuses,
  type IntentKind,
  type OutboxStatus,
} from "#app/outbox/outbox-intent.ts";

import { readListQuery } from "./read-list-query.ts";

/** What the list of updates to Shopify and its export are asked. */
export function readOutboxQuery(request: Pick<Request, "url">): {
  question: {
    search: string;
    statuses: readonly OutboxStatus[] | undefined;
    kinds: readonly IntentKind[] | undefined;
    sort: string;
  };
  at: ListAt;
  ignored: string[];
} {
  const { search, choices, sort, at, ignored } = readListQuery(request, {
    choices: { status: outboxStatuses, kind: intentKinds },
    sorts: ["created desc", "created asc"],
  });
  return { question: { search, statuses: choices.status, kinds: choices.kind, sort }, at, ignored };
}
