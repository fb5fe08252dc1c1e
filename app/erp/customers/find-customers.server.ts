import { askedConditions, type Condition } from "#app/lib/asked-conditions.ts";
import type { Db } from "#app/lib/db.server.ts";
import { loadListPage, type ListAt, type ListPage, type ListSort } from "#app/lib/list-page.ts";
import { searchExpression, toPrefixQuery } from "#app/lib/search-words.ts";
import { selectList } from "#app/lib/select-list.ts";
import type { CustomerChoices, CustomerListRow, CustomerRecord } from "./customer-list-row.ts";
import { customerRecord } from "./customer-record.ts";

export type FindCustomersOptions = {
  shop: string;
  /** What was typed; empty: nothing. */
  search: string;
  choices: CustomerChoices;
  /** "updated desc", "updated asc", "created desc" or "created asc"; any other is the first. */
  sort: string;
  at: ListAt;
  limit: number;
};

/** The index of migration 20261126132000_search_of_customers, to the letter. */
const words = searchExpression([`o."firstName"`, `o."lastName"`, `o."email"`, `o."phone"`]);

const byId = { sql: "o.id", type: "text" } as const;
const byChange = [{ sql: `o."updatedAt"`, type: "instant" }, byId] as const;
const lastChanged: ListSort = { columns: byChange, direction: "desc" };
const sorts: Record<string, ListSort> = {
  "updated asc": { columns: byChange, direction: "asc" },
  // Ids are of version 7: they stand in the order in which the records were made.
  "created desc": { columns: [byId], direction: "desc" },
  "created asc": { columns: [byId], direction: "asc" },
};

const columns = `${selectList(
  "o",
  [
    ...["id", "shopifyCustomerId", "firstName", "lastName", "email", "phone", "acceptsMarketing", "tags"],
    ...["ordersCount", "totalSpent", "currency", "updatedAt"],
  ],
  { instants: ["updatedAt"], amounts: ["totalSpent"] },
)}, ${customerRecord} as record`;

/** One page of a shop's customers as a person asks for them; archived, merged and redacted ones are among them. */
export async function findCustomers(
  db: Db,
  { shop, search, choices, sort: sortedBy, at, limit }: FindCustomersOptions,
): Promise<ListPage<CustomerListRow>> {
  const sort = sorts[sortedBy] ?? lastChanged;
  const keyOf = (row: CustomerListRow) => (sort.columns.length === 1 ? [row.id] : [row.updatedAt, row.id]);
  return loadListPage({ sort, at, limit, keyOf }, async (page) => {
    const asked = [...choiceConditions(choices), ...page.conditions];
    const { and, values } = askedConditions([shop, page.limit], [...searchConditions(search), ...asked]);
    const one = `from "Customer" o where o.shop = $1`;
    // Those with the words are found before they are sorted: else the planner, which cannot know how many begin so, may walk
    // all customers in the order asked and take the words out of each.
    const { rows } = await db.query<CustomerListRow>(
      search === ""
        ? `select ${columns} ${one}${and} order by ${page.orderBy} limit $2`
        : `with found as materialized (select o.id, o."updatedAt" ${one}${and}),
             page as materialized (select id from found o order by ${page.orderBy} limit $2)
           select ${columns} ${one} and o.id in (select id from page) order by ${page.orderBy}`,
      values,
    );
    return rows;
  });
}

function searchConditions(search: string): Condition[] {
  if (search === "") return [];
  const query = toPrefixQuery(search);
  return [query === null ? ["false"] : [`${words} @@ to_tsquery('simple', ?)`, query]];
}

const ofRecord: Record<CustomerRecord, string> = {
  current: `o."archivedAt" is null`,
  archived: `o."mergedIntoId" is null and o."redactedAt" is null`,
  merged: `o."mergedIntoId" is not null`,
  redacted: `o."redactedAt" is not null`,
};
const ORDERS = `select from "Order" p where p.shop = $1 and p."customerId" = o.id`;

function choiceConditions({
  record = [],
  shopify = [],
  marketing = [],
  orders = [],
}: CustomerChoices): Condition[] {
  /** Where both of two are chosen, all are. */
  const one = (chosen: readonly string[], conditions: Record<string, string>): Condition[] => {
    const [only, ...others] = new Set(chosen);
    const sql = only === undefined || others.length > 0 ? undefined : conditions[only];
    return sql === undefined ? [] : [[sql]];
  };
  return [
    ...recordConditions([...new Set(record)]),
    ...one(shopify, { with: `o."shopifyCustomerId" is not null`, without: `o."shopifyCustomerId" is null` }),
    ...one(marketing, { yes: `o."acceptsMarketing"`, no: `not o."acceptsMarketing"` }),
    ...one(orders, { with: `exists (${ORDERS})`, without: `not exists (${ORDERS})` }),
  ];
}

/** All but the current ones are archived as well: said by itself, since an index is over just those. */
function recordConditions(chosen: readonly CustomerRecord[]): Condition[] {
  if (chosen.length === 0) return [];
  const gone = chosen.filter((record) => record !== "current").map((record) => `(${ofRecord[record]})`);
  const isGone = `o."archivedAt" is not null and (${gone.join(" or ")})`;
  if (!chosen.includes("current")) return [[isGone]];
  return [[gone.length === 0 ? ofRecord.current : `(${ofRecord.current} or (${isGone}))`]];
}
