import type { Db } from "#app/lib/db.server.ts";

/** A shop as it is connected. */
export type Connection = {
  shop: string;
  name: string | null;
  locale: string | null;
  timeZone: string | null;
  scopes: string[];
  token: { expires: Date | null; refreshExpires: Date | null } | null;
  /** When Shopify last answered or called us about this shop: a job at work, a bulk operation, a webhook. */
  lastContactAt: Date | null;
};

type Row = Omit<Connection, "token"> & {
  hasToken: boolean;
  expires: Date | null;
  refreshExpires: Date | null;
};

/** How a shop is connected; null when it never installed the app. */
export async function loadConnection(db: Db, { shop }: { shop: string }): Promise<Connection | null> {
  const { rows } = await db.query<Row>(
    `select s.shop, s.name, s.locale, s."timeZone", s.scopes,
       t.id is not null as "hasToken", t.expires, t."refreshTokenExpires" as "refreshExpires",
       greatest(
         (select max("polledAt") from "ShopifyBulkOperation" where shop = s.shop),
         (select max("receivedAt") from "WebhookDelivery" where shop = s.shop),
         (select max("finishedAt") from "SyncJob" where shop = s.shop and status = 'completed' and "jobType" <> 'process-cache')
       ) as "lastContactAt"
     from "Shop" s
     left join "Session" t on t.id = 'offline_' || s.shop and t.shop = s.shop
     where s.shop = $1`,
    [shop],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const { hasToken, expires, refreshExpires, ...connection } = row;
  return { ...connection, token: hasToken ? { expires, refreshExpires } : null };
}
