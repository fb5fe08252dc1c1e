import type { Db } from "#app/lib/db.server.ts";
import { dayBefore, dayOf } from "#app/lib/zoned-day.ts";
import type { ProofLine, StoredProof } from "./day-proof.ts";
import { loadShopCalendar } from "./load-shop-calendar.server.ts";

/** A day is checked once a day; an hour more than that means a check was missed (law 10). */
const STALE_AFTER_MS = 25 * 60 * 60 * 1000;

type Row = Omit<StoredProof, "checkedAt"> & { timeZone: string; checkedAt: Date };

/**
 * The proof of a day, yesterday in the shop's time zone unless told, with whether it can be relied on now.
 * @param day `YYYY-MM-DD`
 */
export async function loadProofLine(
  db: Db,
  { shop, day, now }: { shop: string; day?: string | undefined; now: Date },
): Promise<ProofLine> {
  const calendar = await loadShopCalendar(db, { shop });
  const yesterday = dayBefore(dayOf(now, calendar.timeZone));
  const asked = day ?? yesterday;
  const { rows } = await db.query<Row>(
    `select "timeZone", currency, "shopifyOrders", "shopifyTotal", "erpOrders", "erpTotal", missing, differing, pending, failed,
       "onHold", problem, "checkedAt"
     from "DailyProof" where shop = $1 and day = $2`,
    [shop, asked],
  );
  const last = await db.query<{ day: string | null }>(
    `select max(day) as day from "DailyProof" where shop = $1`,
    [shop],
  );
  const line = {
    day: asked,
    isYesterday: asked === yesterday,
    lastCheckedDay: last.rows[0]?.day ?? null,
  };
  const [row] = rows;
  if (!row) return { ...line, timeZone: calendar.timeZone, state: "never", proof: null };
  const { timeZone, checkedAt, ...proof } = row;
  return {
    ...line,
    timeZone,
    state: now.getTime() - checkedAt.getTime() > STALE_AFTER_MS ? "stale" : "fresh",
    proof: { ...proof, checkedAt: checkedAt.toISOString() },
  };
}
