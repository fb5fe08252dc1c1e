import type { Db } from "#app/lib/db.server.ts";
import { fromMinor } from "#app/lib/money.ts";
import type { DayProof } from "./day-proof.ts";

/**
 * Keeps the newest proof of a day, one row per shop and day. A check that could not ask Shopify never replaces one that
 * could, nor does one that began before it.
 */
export async function saveProof(db: Db, proof: DayProof): Promise<void> {
  const decimal = (minor: number) =>
    proof.currency === null ? String(minor) : fromMinor(minor, proof.currency);
  await db.query(
    `insert into "DailyProof" as known (shop, day, "timeZone", currency, "shopifyOrders", "shopifyTotal", "erpOrders", "erpTotal",
       missing, differing, pending, failed, "onHold", problem, told, "checkedAt")
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15::jsonb, $16)
     on conflict (shop, day) do update set
       "timeZone" = excluded."timeZone", currency = excluded.currency,
       "shopifyOrders" = excluded."shopifyOrders", "shopifyTotal" = excluded."shopifyTotal",
       "erpOrders" = excluded."erpOrders", "erpTotal" = excluded."erpTotal",
       missing = excluded.missing, differing = excluded.differing, pending = excluded.pending, failed = excluded.failed,
       "onHold" = excluded."onHold", problem = excluded.problem, told = excluded.told,
       "checkedAt" = excluded."checkedAt"
     where (excluded."shopifyOrders" is not null or known."shopifyOrders" is null)
       and excluded."checkedAt" >= known."checkedAt"`,
    [
      proof.shop,
      proof.day,
      proof.timeZone,
      proof.currency,
      proof.shopifyOrders,
      proof.shopifyTotalMinor === null ? null : decimal(proof.shopifyTotalMinor),
      proof.erpOrders,
      decimal(proof.erpTotalMinor),
      proof.missing,
      proof.differing,
      proof.pending,
      proof.failed,
      proof.onHold,
      proof.problem,
      JSON.stringify(proof.told),
      proof.checkedAt,
    ],
  );
}
