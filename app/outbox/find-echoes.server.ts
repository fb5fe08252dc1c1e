import type { Db } from "#app/lib/db.server.ts";

/**
 * Which of these deliveries tell of what we have changed ourselves in Shopify. Shopify's answer to each change says when the order, or
 * the level, was changed by it; a record that comes back with that very time is of our change, and so is whatever else has its event id.
 * Shopify's times are whole seconds: where more was done to the record in that second than we did, none of it is taken for ours.
 * Only a mark: a delivery of ours is stored and processed like every other.
 */
export async function findEchoes(
  db: Db,
  { shop, webhookIds }: { shop: string; webhookIds: readonly string[] },
): Promise<ReadonlySet<string>> {
  if (webhookIds.length === 0) return new Set();
  const { rows } = await db.query<{ webhookId: string }>({
    name: "find-echoes",
    text: `with told as materialized (
        select distinct d."webhookId", e."recordId", e."changedAt",
            case e.kind when 'order' then 'order' else 'stock' end as entity,
            case e.kind when 'order' then 'orderChanges' else 'levelChanges' end as changes
          from "WebhookDelivery" d
          join "WebhookDelivery" e on e.shop = d.shop and e."eventId" = d."eventId" and e."changedAt" is not null
         where d.shop = $1 and d."webhookId" = any($2))
      select told."webhookId" from told
       where (select count(*) from "Outbox" x, jsonb_array_elements_text(
                case when jsonb_typeof(x.answer->told.changes) = 'array' then x.answer->told.changes else '[]' end) as change
               where x.shop = $1 and x.entity = told.entity and x."entityId" = told."recordId"
                 and change = to_char(told."changedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
          >= (select count(distinct s."eventId") from "WebhookDelivery" s
               where s.shop = $1 and s.kind = case told.entity when 'order' then 'order' else 'inventory' end
                 and s."recordId" = told."recordId" and s."changedAt" = told."changedAt")`,
    values: [shop, webhookIds],
  });
  return new Set(rows.map(({ webhookId }) => webhookId));
}
