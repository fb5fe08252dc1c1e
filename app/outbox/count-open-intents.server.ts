import type { Db } from "#app/lib/db.server.ts";
import type { OpenIntents } from "./intent-row.ts";

/** What is open of each kind of which anything is, by the indexes of what is open. */
export async function countOpenIntents(db: Db, { shop }: { shop: string }): Promise<OpenIntents[]> {
  const { rows } = await db.query<OpenIntents>(
    `select kind, sum(waiting)::int as waiting, sum(refused)::int as refused from (
       select kind, count(*) as waiting, 0 as refused from "Outbox" where shop = $1 and status = 'waiting' group by kind
       union all
       select kind, 0, count(*) from "Outbox" where shop = $1 and status in ('conflict', 'refused') and status = 'refused' group by kind
     ) counted group by kind order by kind`,
    [shop],
  );
  return rows;
}
