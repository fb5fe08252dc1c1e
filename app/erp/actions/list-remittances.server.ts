import { askedConditions } from "#app/lib/asked-conditions.ts";
import type { Db } from "#app/lib/db.server.ts";
import { loadListPage, type ListAt, type ListPage, type ListSort } from "#app/lib/list-page.ts";

import type { RemittanceProblem, RemittanceStatus } from "./remittance.ts";
import type { RemittanceRow } from "./remittance-row.ts";

const byCreation = { sql: `r."createdAt"`, type: "instant" } as const;
const byId = { sql: "r.id", type: "text" } as const;

/** The orders a shop's remittances can be listed in. */
export const remittanceSorts = {
  "created desc": { columns: [byCreation, byId], direction: "desc" },
  "created asc": { columns: [byCreation, byId], direction: "asc" },
} as const satisfies Record<string, ListSort>;
export type RemittanceSort = keyof typeof remittanceSorts;

export type RemittanceFilter = {
  statuses?: readonly RemittanceStatus[] | undefined;
  problems?: readonly RemittanceProblem[] | undefined;
  /** Part of an AWB or of a reference. */
  search?: string | undefined;
};

const columns = `id, "awbNumber", reference, amount::text, deduction::text, to_char("paidOn", 'YYYY-MM-DD') as "date", status, problem, words,
  (select coalesce(jsonb_agg(distinct part->>'orderId'), '[]') from jsonb_array_elements(parts) part) as "orderIds",
  "createdBy", to_char("createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt", "settledBy",
  to_char("settledAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "settledAt"`;

/** One page of what couriers paid out, booked or in the queue of differences. */
export async function listRemittances(
  db: Db,
  {
    shop,
    filter: { statuses, problems, search },
    sort,
    at,
    limit,
  }: { shop: string; filter: RemittanceFilter; sort: RemittanceSort; at: ListAt; limit: number },
): Promise<ListPage<RemittanceRow>> {
  const words = search === undefined || search === "" ? undefined : search;
  const keyOf = ({ createdAt, id }: RemittanceRow) => [createdAt, id];
  return loadListPage({ sort: remittanceSorts[sort], at, limit, keyOf }, async (page) => {
    const { and, values } = askedConditions(
      [shop, page.limit],
      [
        [`status = any(?)`, statuses],
        [`problem = any(?)`, problems],
        [`strpos(lower("awbNumber" || ' ' || reference), lower(?)) > 0`, words],
        ...page.conditions,
      ],
    );
    const { rows } = await db.query<RemittanceRow>(
      `select ${columns} from "Remittance" r where shop = $1${and} order by ${page.orderBy} limit $2`,
      values,
    );
    return rows;
  });
}
