import { askedConditions, type Condition } from "#app/lib/asked-conditions.ts";
import type { Db } from "#app/lib/db.server.ts";
import { loadListPage, type ListAt, type ListPage } from "#app/lib/list-page.ts";
import { webhookTopics } from "#app/shopify/webhooks/topics.ts";

import type { DeliveryState } from "./delivery-state.ts";
import { isFailedDelivery } from "./list-failed-deliveries.server.ts";
import type { LoggedOutcome } from "./logged-outcomes.ts";

/** A delivery as the log lists it: without its body, in which there are persons. */
export type LoggedDelivery = {
  webhookId: string;
  topic: string;
  triggeredAt: Date | null;
  receivedAt: Date;
  answeredAt: Date | null;
  processedAt: Date | null;
  kind: string | null;
  recordId: string | null;
  outcome: LoggedOutcome;
  duplicates: number;
  errorCode: string | null;
  error: string | null;
};

export type DeliveryLogFilter = {
  /** A record's id or a delivery's. */
  search?: string | undefined;
  topics?: readonly string[] | undefined;
  /** By what their topics are about ("other": the shop, the app), so that one that could not be read is found too. */
  kinds?: readonly string[] | undefined;
  states?: readonly DeliveryState[] | undefined;
  /** Received then or later, and before. */
  from?: Date | undefined;
  until?: Date | undefined;
};

const columns = `d."webhookId", d.topic, d."triggeredAt", d."receivedAt", d."answeredAt", d."processedAt", d.kind, d."recordId", d.outcome,
  d.duplicates, d."errorCode", d.error`;

/** SQL of each state, in the words of the partial indexes. */
const isInState: Record<DeliveryState, string> = {
  stored: `d.outcome = 'stored'`,
  known: `d.outcome = 'known'`,
  superseded: `d.outcome = 'superseded'`,
  waiting: `d.outcome = 'news' and d."processedAt" is null and d."quarantinedAt" is null and d."errorCode" is null`,
  handled: `d.outcome = 'news' and d."processedAt" is not null`,
  noted: `d.outcome = 'noted'`,
  failed: `(${isFailedDelivery})`,
  redacted: `d.outcome = 'redacted'`,
};

/**
 * One page of a shop's deliveries, by when they were received. Each state and topic asked for is read along its own index up to a page's
 * length, then they are merged: a rare one in a log of millions costs no more than a frequent one.
 */
export async function listDeliveryLog(
  db: Db,
  {
    shop,
    filter,
    newestFirst,
    at,
    limit,
  }: { shop: string; filter: DeliveryLogFilter; newestFirst: boolean; at: ListAt; limit: number },
): Promise<ListPage<LoggedDelivery>> {
  const sort = {
    columns: [
      { sql: `d."receivedAt"`, type: "instant" },
      { sql: `d."webhookId"`, type: "text" },
    ],
    direction: newestFirst ? "desc" : "asc",
  } as const;
  const topics = topicsOf(filter);
  const keyOf = (row: LoggedDelivery) => [row.receivedAt.toISOString(), row.webhookId];
  return loadListPage({ sort, at, limit, keyOf }, async ({ conditions, orderBy, limit: most }) => {
    const { and, values } = askedConditions(
      [shop, most, ...(topics === undefined ? [] : [topics])],
      [...searchedBy(filter), ...receivedIn(filter), ...conditions],
    );
    const branch = (where: string) => {
      const rows = (more: string) =>
        `select ${columns} from "WebhookDelivery" d where d.shop = $1${more}${where}${and} order by ${orderBy} limit $2`;
      return topics === undefined
        ? `(${rows("")})`
        : `(select d.* from unnest($3::text[]) as asked(topic) cross join lateral (${rows(" and d.topic = asked.topic")}) d)`;
    };
    const branches = (filter.states ?? []).map((state) => branch(` and ${isInState[state]}`));
    const all = branches.length === 0 ? branch("") : branches.join(" union all ");
    const { rows } = await db.query<LoggedDelivery>(
      `select d.* from (${all}) d order by ${orderBy} limit $2`,
      values,
    );
    return rows;
  });
}

function topicsOf({ topics, kinds }: DeliveryLogFilter): readonly string[] | undefined {
  if (kinds === undefined) return topics;
  const about = [...webhookTopics].flatMap(([topic, { kind }]) =>
    kinds.includes(kind ?? "other") ? topic : [],
  );
  return topics === undefined ? about : topics.filter((topic) => about.includes(topic));
}

/** Ids stand in the log as numbers; somebody may paste a gid. */
function searchedBy({ search }: DeliveryLogFilter): Condition[] {
  if (search === undefined) return [];
  const id = /^gid:\/\/shopify\/\w+\/(\d+)/.exec(search)?.[1] ?? search;
  return [[`(d."webhookId" = ? or d."recordId" = ?)`, search, id]];
}

function receivedIn({ from, until }: DeliveryLogFilter): Condition[] {
  return [
    [`d."receivedAt" >= ?`, from],
    [`d."receivedAt" < ?`, until],
  ];
}
