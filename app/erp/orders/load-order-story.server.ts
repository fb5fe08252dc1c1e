import type { Db } from "#app/lib/db.server.ts";
import { orderDecisions, type OrderStory } from "./order-story.ts";

/** As many of each as a person reads; the newest. */
const MOST = 200;

/** SQL: an instant as ISO in UTC. */
const iso = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * What happened to one order beside what stands in its rows: the ERP's facts with who did them, the payloads that came, and decisions.
 * What was done with goods, parcels and money is a fact already.
 */
export async function loadOrderStory(
  db: Db,
  { shop, id }: { shop: string; id: string },
): Promise<OrderStory & { correction: "COD" | "Prepaid" | null; isErased: boolean }> {
  const facts = await db.query<OrderStory["facts"][number]>(
    `select kind, "shopifyLineId" as "lineId", "parcelId", qty, actor, ${iso("at")} as at,
       nullif(concat_ws(' · ', details->>'method', details->>'outcome', details->>'amount', details->>'awbNumber',
         details->>'reason', ('rounding to whole rupees: ' || (details->>'rounding'))), '') as words
     from "ErpFact" where shop = $1 and "shopifyOrderId" = $2 order by "ErpFact".id desc limit $3`,
    [shop, id, MOST],
  );
  const payloads = await db.query<OrderStory["payloads"][number]>(
    `select source, shape, ${iso(`"shopifyUpdatedAt"`)} as "shopifyUpdatedAt", ${iso(`"receivedAt"`)} as "receivedAt",
       exists (select from "Outbox" x where x.shop = $1 and x.entity = 'order' and x."entityId" = $2
         and x.answer->'orderChanges' ? ${iso(`said."shopifyUpdatedAt"`)}) as ours from (
       select source, "rawShape" as shape, "shopifyUpdatedAt", "receivedAt" from "ShopifyOrderCache" where shop = $1 and id = $2
       union all select source, shape, "shopifyUpdatedAt", "receivedAt" from "ShopifyCacheSlot"
         where shop = $1 and kind = 'order' and id = $2
       union all select source, shape, "shopifyUpdatedAt", "receivedAt" from "ShopifyPayloadHistory"
         where shop = $1 and kind = 'order' and id = $2) said
     order by said."receivedAt" desc limit $3`,
    [shop, id, MOST],
  );
  const decisions = await db.query<OrderStory["decisions"][number]>(
    `select action, actor, ${iso("at")} as at from "AuditLog"
     where shop = $1 and target = $2 and action = any($4) order by "AuditLog".at desc limit $3`,
    [shop, id, MOST, orderDecisions],
  );
  const { rows } = await db.query<{ correction: "COD" | "Prepaid" | null; isErased: boolean }>(
    `select (select details->>'method' from "ErpFact" where shop = $1 and "shopifyOrderId" = $2 and kind = 'payment_method'
         order by id desc limit 1) as correction,
       exists (select from "RedactionTombstone" where shop = $1 and kind = 'order' and id = $2) as "isErased"`,
    [shop, id],
  );
  const [known] = rows;
  return {
    ...{ facts: facts.rows, payloads: payloads.rows, decisions: decisions.rows },
    ...{ correction: known?.correction ?? null, isErased: known?.isErased ?? false },
  };
}
