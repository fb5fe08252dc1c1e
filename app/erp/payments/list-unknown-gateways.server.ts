import type { Db } from "#app/lib/db.server.ts";

/** A gateway name that no rule of the shop knows, and how much hangs on it. */
export type UnknownGateway = {
  name: string;
  orders: number;
  /** Of these, the ones with something still to be shipped. */
  openOrders: number;
  /** The date of the newest order that names it. */
  lastSeenAt: Date;
  exampleOrderId: string;
  exampleOrderNumber: string;
};

/** Names that wait for a rule, those with most orders first. Test orders count nowhere. */
export async function listUnknownGateways(
  db: Db,
  { shop, limit = 100 }: { shop: string; limit?: number },
): Promise<UnknownGateway[]> {
  const { rows } = await db.query<UnknownGateway>(
    `with unknown as (
       select name, count(*) as orders, max("orderDate") as "lastSeenAt",
         count(*) filter (where status in ('open', 'on_hold', 'partially_shipped')) as "openOrders"
       from "Order", unnest("unknownGateways") as name
       where shop = $1 and not test and "unknownGateways" <> '{}'
       group by name order by orders desc, name limit $2
     )
     select unknown.*, newest.id as "exampleOrderId", newest."orderNumber" as "exampleOrderNumber"
     from unknown
     cross join lateral (
       select "shopifyOrderId" as id, "orderNumber" from "Order"
       where shop = $1 and not test and "orderDate" = unknown."lastSeenAt" and name = any("unknownGateways")
       order by "shopifyOrderId" desc limit 1
     ) newest
     order by orders desc, name`,
    [shop, limit],
  );
  return rows;
}
