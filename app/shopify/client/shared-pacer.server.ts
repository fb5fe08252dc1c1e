import type { Db } from "#app/lib/db.server.ts";
import type { Log } from "#app/lib/log.server.ts";
import type { Pacer, Reservation, Spent } from "./pacer.ts";

/**
 * A bucket that all processes of a shop share: one row of `ShopifyRateLimit`, by the database's clock. It never
 * holds more than Shopify's own, so what fits here fits there:
 *
 * - An answer tells what was left when Shopify wrote it. It is taken as it is only if its request left after the last
 *   settlement: then no other request can have taken points in between that are not reserved any more. Otherwise
 *   what it cost is subtracted from what we count ourselves, and it can only lower that.
 * - Points of requests under way stay subtracted until they are settled, though Shopify may have taken them already.
 * - A row of a process that died keeps its reservation. After a minute in which nobody asked or settled anything, none
 *   can be alive: no request takes longer.
 *
 * `at` is set a millisecond late, because the column rounds and must not round into the past.
 */
const FORGET_RESERVED = "interval '60 seconds'";
const LATER = "clock_timestamp() + interval '1 millisecond'";

/** Least wait between two looks at the bucket. */
const LEAST_WAIT_MS = 50;

const here = (row: string) =>
  `least(${row}."maximum", ${row}."available"
     + greatest(0, extract(epoch from clock_timestamp() - ${row}."at")) * ${row}."restoreRate")`;
const alive = (row: string) =>
  `case when ${row}."reservedAt" > clock_timestamp() - ${FORGET_RESERVED} then ${row}."reserved" else 0 end`;

const RESERVE = `with taken as (
    update "ShopifyRateLimit" as bucket
       set "reserved" = ${alive("bucket")} + least($2::float8, bucket."maximum"), "reservedAt" = clock_timestamp()
     where bucket."shop" = $1 and ${here("bucket")} - ${alive("bucket")} >= least($2::float8, bucket."maximum")
    returning 1
  )
  select statement_timestamp() as "sentAt", bucket."shop" is not null as "known", exists (select from taken) as "taken",
    least($2::float8, bucket."maximum") as "points",
    (least($2::float8, bucket."maximum") - ${here("bucket")} + ${alive("bucket")}) / greatest(bucket."restoreRate", 1) * 1000 as "waitMs"
  from (values ($1)) as asked("shop") left join "ShopifyRateLimit" as bucket on bucket."shop" = asked."shop"`;

const SETTLE_ANSWERED = `insert into "ShopifyRateLimit" as known
    ("shop", "maximum", "restoreRate", "available", "at", "reserved", "reservedAt")
  values ($1, $4, $5, $6, ${LATER}, 0, clock_timestamp())
  on conflict ("shop") do update set
    "maximum" = excluded."maximum", "restoreRate" = excluded."restoreRate",
    "reserved" = greatest(0, ${alive("known")} - $2::float8), "reservedAt" = clock_timestamp(),
    "available" = case
      when known."at" < $3 then excluded."available"
      else least(${here("known")} - $7::float8,
        excluded."available" + case when $8 then 0 else greatest(0, ${alive("known")} - $2::float8) end)
    end,
    "at" = ${LATER}`;

const SETTLE_UNKNOWN = `update "ShopifyRateLimit" as known set
    "reserved" = greatest(0, ${alive("known")} - $2::float8), "reservedAt" = clock_timestamp(),
    "available" = ${here("known")} - $2::float8, "at" = ${LATER}
  where "shop" = $1`;

const SETTLE_NOTHING = `update "ShopifyRateLimit" as known set
    "reserved" = greatest(0, ${alive("known")} - $2::float8), "reservedAt" = clock_timestamp()
  where "shop" = $1`;

type Looked = { sentAt: Date; known: boolean; taken: boolean; points: number; waitMs: number };

/**
 * Paces a shop's requests together with every other process of this database. A shop that has no row yet, because
 * nobody asked it anything, is asked at once. If the database does not answer, requests go unpaced and Shopify's own
 * THROTTLED makes them wait.
 */
export function sharedPacer(db: Db, { shop, log }: { shop: string; log: Log }): Pacer {
  return {
    async reserve(points) {
      try {
        const { rows } = await db.query<Looked>(RESERVE, [shop, points]);
        const [looked] = rows;
        if (!looked?.known) return { points: 0, sentAt: looked?.sentAt ?? LONG_AGO };
        if (looked.taken) return { points: looked.points, sentAt: looked.sentAt };
        return { waitMs: Math.max(LEAST_WAIT_MS, Math.ceil(looked.waitMs)) };
      } catch (error) {
        log.warn({ err: error, shop }, "the shared rate limit cannot be read: going on unpaced");
        return { points: 0, sentAt: LONG_AGO };
      }
    },
    async settle(reservation, spent) {
      try {
        await settle(db, shop, reservation, spent);
      } catch (error) {
        log.warn({ err: error, shop }, "the shared rate limit cannot be written");
      }
    },
  };
}

/** Sent at an unknown time: never taken for newer than anything. */
const LONG_AGO = new Date(0);

async function settle(db: Db, shop: string, { points, sentAt }: Reservation, spent: Spent): Promise<void> {
  if (spent.kind !== "answered") {
    await db.query(spent.kind === "unknown" ? SETTLE_UNKNOWN : SETTLE_NOTHING, [shop, points]);
    return;
  }
  const { requestedQueryCost, actualQueryCost, throttleStatus } = spent.cost;
  await db.query(SETTLE_ANSWERED, [
    ...[shop, points, sentAt],
    ...[throttleStatus.maximumAvailable, throttleStatus.restoreRate, throttleStatus.currentlyAvailable],
    ...[spent.throttled ? 0 : (actualQueryCost ?? requestedQueryCost), spent.throttled],
  ]);
}
