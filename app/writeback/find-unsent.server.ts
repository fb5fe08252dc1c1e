import type { Db } from "#app/lib/db.server.ts";
import { listOutbox } from "./list-outbox.server.ts";
import type { OutboxRow } from "./outbox-row.ts";
import { unsentStandings, type UnsentStanding } from "./unsent-standing.ts";

/** As many of one order are looked at, the newest. */
const LOOKED_AT = 100;

export type Unsent = OutboxRow & { standing: UnsentStanding };

/**
 * The change of one order that Shopify does not have and that somebody should know of; null where there is none. Of several the one that
 * needs a person most, the newest of those. What was refused, wished again later and went through is past; what is just on its way is none.
 * @throws AppError VALIDATION where the shop's stored settings cannot be read
 */
export async function findUnsent(
  db: Db,
  { shop, orderId, now }: { shop: string; orderId: string; now: Date },
): Promise<Unsent | null> {
  const open = await db.query<{ id: string }>({
    name: "find-unsent",
    text: `select o.id from "Outbox" o
      where o.shop = $1 and o.entity = 'order' and o."entityId" = $2 and o.status in ('waiting', 'refused', 'conflict')
        and (o.status = 'waiting' or not exists (select from "Outbox" later
          where later.shop = $1 and later.entity = 'order' and later."entityId" = $2 and later.kind = o.kind
            and later.payload->>'parcelId' is not distinct from o.payload->>'parcelId'
            and later.seq > o.seq and later.status in ('sent', 'already')))`,
    values: [shop, orderId],
  });
  if (open.rows.length === 0) return null;
  const ids = new Set(open.rows.map(({ id }) => id));
  const { rows } = await listOutbox(db, {
    ...{ shop, orderId, now, limit: LOOKED_AT },
    statuses: ["waiting", "refused", "conflict"],
  });
  const unsent = rows.flatMap((row) => {
    const standing = unsentStanding(row);
    return standing === null || !ids.has(row.id) ? [] : [{ ...row, standing }];
  });
  const rank = ({ standing }: Unsent) => Math.max(unsentStandings.indexOf(standing), 1);
  return unsent.toSorted((a, b) => rank(a) - rank(b))[0] ?? null;
}

/** Null where it is on its way, or is to be looked at no more. */
function unsentStanding({ standing, errorCode }: OutboxRow): UnsentStanding | null {
  const known = unsentStandings.find((one) => one === standing);
  // Tried in vain, whether the next try is far or near. Shopify's own job that is looked at again is no failure.
  return known === undefined || known === "again" ? (errorCode === null ? null : "again") : known;
}
