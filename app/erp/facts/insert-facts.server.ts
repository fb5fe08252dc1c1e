import type { Db } from "#app/lib/db.server.ts";
import type { NewFact } from "./new-fact.ts";

/** Writes facts of one order in the caller's transaction, in their order. */
export async function insertFacts(
  tx: Db,
  {
    shop,
    orderId,
    facts,
    actor,
    at,
  }: { shop: string; orderId: string; facts: readonly NewFact[]; actor: string; at: Date },
): Promise<void> {
  if (facts.length === 0) return;
  await tx.query(
    `insert into "ErpFact" (shop, "shopifyOrderId", kind, "shopifyLineId", "parcelId", qty, details, actor, at)
     select $1, $2, u.kind, u.line, u.parcel, u.qty, u.details::jsonb, $3, $4
       from unnest($5::text[], $6::text[], $7::text[], $8::int[], $9::text[]) with ordinality
         as u(kind, line, parcel, qty, details, place) order by u.place`,
    [
      ...[shop, orderId, actor, at],
      facts.map(({ kind }) => kind),
      facts.map(({ lineId }) => lineId),
      facts.map(({ parcelId }) => parcelId),
      facts.map(({ qty }) => qty),
      facts.map(({ details }) => JSON.stringify(details)),
    ],
  );
}
