import type { Condition } from "#app/lib/asked-conditions.ts";
import { askedConditions } from "#app/lib/asked-conditions.ts";
import { daysToInstants } from "#app/lib/days-to-instants.ts";
import type { Db } from "#app/lib/db.server.ts";
import { loadListPage, type ListAt, type ListPage, type ListSort } from "#app/lib/list-page.ts";
import { selectList } from "#app/lib/select-list.ts";
import { isOnHold } from "./held-statuses.ts";
import type { OrderChoices, OrderListRow } from "./order-list-row.ts";
import { orderSearchWords, readOrderSearch } from "./order-search.ts";

export type FindOrdersOptions = {
  shop: string;
  /** What was typed; empty: nothing. */
  search: string;
  choices: OrderChoices;
  /** Days of creation in the shop's time zone, both included. */
  created: { from?: string; to?: string };
  timeZone: string;
  sort: string;
  at: ListAt;
  limit: number;
};

const byCreation = [
  { sql: `o."shopifyCreatedAt"`, type: "instant" },
  { sql: `o."shopifyOrderId"`, type: "text" },
] as const;
const sorts: Record<string, ListSort> = {
  "created desc": { columns: byCreation, direction: "desc" },
  "created asc": { columns: byCreation, direction: "asc" },
  "updated desc": {
    columns: [{ sql: `o."updatedAt"`, type: "instant" }, byCreation[1]],
    direction: "desc",
  },
};
/** So many orders are sorted in no time. */
const FEW = 4000;
const usualSort: ListSort = { columns: byCreation, direction: "desc" };

// Word for word as the partial indexes say it, else they are not used.
const DIFFERENCE = [
  ...["moneyDifference", "presentmentMoneyDifference", "currentMoneyDifference"],
  ...["presentmentCurrentMoneyDifference", "paymentDifference", "presentmentPaymentDifference"],
]
  .map((column) => `o."${column}" <> 0`)
  .join(" or ");

const HELD = isOnHold("o");

const columns = `${selectList(
  "o",
  [
    ...["shopifyOrderId as id", "orderNumber", "status", "stopShip", "isHistory", "test", "archivedAt"],
    ...["shopifyCreatedAt", "updatedAt", "customerName", "customerEmail", "customerPhone", "paymentMethod"],
    ...["financialStatus", "currency", "totalAmount", "currentTotalAmount", "presentmentCurrency"],
    "amountToCollect",
  ],
  {
    instants: ["archivedAt", "shopifyCreatedAt", "updatedAt"],
    amounts: ["totalAmount", "currentTotalAmount", "amountToCollect"],
  },
)}, case when ${HELD} then (select json_agg(hold->>'words') from jsonb_array_elements(o.holds) hold) else '[]' end as holds, (${DIFFERENCE}) as "hasDifference"`;

/**
 * One page of a shop's orders as a person asks for them. Every page is read along an index; a number, an AWB or Shopify's id that is
 * there exactly is all that is shown of a search, else the words typed are looked for by their beginnings.
 */
export async function findOrders(db: Db, options: FindOrdersOptions): Promise<ListPage<OrderListRow>> {
  const { shop, search, choices, created, timeZone, at, limit } = options;
  const sort = sorts[options.sort] ?? usualSort;
  const isByChange = options.sort === "updated desc";
  const searched = search === "" ? [] : [await searchCondition(db, { shop, search })];
  const { from, until } = daysToInstants(created, timeZone);
  const keyOf = (row: OrderListRow) => [isByChange ? row.updatedAt : row.shopifyCreatedAt, row.id];
  return loadListPage({ sort, at, limit, keyOf }, async (page) => {
    const { and, values } = askedConditions(
      [shop, page.limit],
      [
        ...searched,
        ...filterConditions(choices),
        [`o."shopifyCreatedAt" >= ?`, from],
        [`o."shopifyCreatedAt" < ?`, until],
        ...page.conditions,
      ],
    );
    const { rows } = await db.query<OrderListRow>(
      `select ${columns} from "Order" o where o.shop = $1${and} order by ${page.orderBy} limit $2`,
      values,
    );
    return rows;
  });
}

async function searchCondition(
  db: Db,
  { shop, search }: { shop: string; search: string },
): Promise<Condition> {
  const { numbers, awbs, words } = readOrderSearch(search);
  const exact = await db.query<{ id: string }>(
    `select "shopifyOrderId" as id from "Order" where shop = $1 and "orderNumber" = any($2)
     union select "shopifyOrderId" from "Order" where shop = $1 and "shopifyOrderId" = any($2)
     union select "shopifyOrderId" from "Parcel" where shop = $1 and "awbNumber" = any($3)`,
    [shop, numbers, awbs],
  );
  const these = (rows: { id: string }[]): Condition => [
    `o."shopifyOrderId" = any(?)`,
    rows.map(({ id }) => id),
  ];
  if (exact.rows.length > 0) return these(exact.rows);
  if (words === null) return ["false"];
  const matches = `${orderSearchWords} @@ lower(?)::tsquery`;
  // No statistics tell how many have a rare word: those of few orders are found first, by the index of words, and then sorted.
  // Of many the list's own order is followed, and its next page is soon full.
  const found = await db.query<{ id: string }>(
    `select o."shopifyOrderId" as id from "Order" o where o.shop = $1 and ${matches.replace("?", "$2")} limit $3`,
    [shop, words, FEW + 1],
  );
  return found.rows.length > FEW ? [matches, words] : these(found.rows);
}

function filterConditions(choices: OrderChoices): Condition[] {
  const flag = (chosen: readonly string[] | undefined, yes: string, no: string): Condition[] =>
    chosen?.length === 1 ? [[chosen[0] === "yes" ? yes : no]] : [];
  const returns = choices.returns?.map((one) => (one === "open" ? OPEN_CASES : DONE_CASES)).flat();
  return [
    ["o.status = any(?)", choices.status],
    [`o."paymentMethod" = any(?)`, choices.payment],
    ...flag(choices.held, HELD, `not ${HELD}`),
    ...flag(choices.stopShip, `o."stopShip" is not null`, `o."stopShip" is null`),
    ...flag(choices.difference, `(${DIFFERENCE})`, `not (${DIFFERENCE})`),
    ...flag(choices.collect, `o."amountToCollect" > 0`, `o."amountToCollect" <= 0`),
    [
      `o."shopifyOrderId" in (select c."shopifyOrderId" from "ReturnCase" c where c.shop = $1 and c.state = any(?))`,
      returns,
    ],
    ...flag(choices.test, "o.test", "not o.test"),
    ...flag(choices.history, `o."isHistory"`, `not o."isHistory"`),
    ...flag(choices.archived, `o."archivedAt" is not null`, `o."archivedAt" is null`),
  ];
}

const OPEN_CASES = ["requested", "initiated", "received"];
const DONE_CASES = ["restocked", "damaged", "lost", "closed"];
