/**
 * SQL: whether something that was wished earlier of the same record as `intent` (an alias of the outbox), of these kinds, is still
 * open: then that one's turn comes first. What Shopify refused holds back the later ones of its order; of a stock level it does not,
 * for the next wish says all that there is to say.
 */
export const earlierOpen = (intent: string, kinds: string) =>
  `exists (select from "Outbox" e where e.shop = ${intent}.shop and e.entity = ${intent}.entity and e."entityId" = ${intent}."entityId"
     and e.seq < ${intent}.seq and e.kind = any(${kinds}) and e.status in ('waiting', 'conflict', 'refused')
     and not (e.kind = 'inventorySet' and e.status = 'refused'))`;
