import type { RemittanceFilter, RemittanceSort } from "#app/erp/actions/list-remittances.server.ts";
import { remittanceProblems, remittanceStatuses } from "#app/erp/actions/remittance.ts";
import type { ListAt } from "#app/lib/list-page.ts";

import { readListQuery } from "./read-list-query.ts";

/** What the list of remittances and its export are asked. */
export function readRemittancesQuery(request: Pick<Request, "url">): {
  filter: RemittanceFilter;
  sort: RemittanceSort;
  at: ListAt;
  ignored: string[];
} {
  const { search, choices, sort, at, ignored } = readListQuery(request, {
    choices: { status: remittanceStatuses, problem: remittanceProblems },
    sorts: ["created desc", "created asc"] satisfies RemittanceSort[],
  });
  return {
    filter: { search, statuses: choices.status, problems: choices.problem },
    ...{ sort: sort as RemittanceSort, at, ignored },
  };
}
