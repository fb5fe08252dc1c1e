import type { Db } from "#app/lib/db.server.ts";
import type { Log } from "#app/lib/log.server.ts";
import type { HasToWait, Pacer, Reservation, Spent } from "./pacer.ts";

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
 * - First come, first served: of those that wait, the one that came first has the row's place, and nobody who came later
 *   takes points it needs, however few they want. So a dear request does not starve behind a stream of cheap ones, and keeps
 *   them waiting no longer than its points take to be restored. The place is free again when it goes, or does not come back.
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

/** By how much a waiting request may be late (a token is renewed meanwhile) before its place is another's. */
const LATE = "interval '5 seconds'";

// What is `ahead` are the points of a request that came before and waits.
const RESERVE = `with looked as (
    select bucket."shop", asked."since", asked."points", ${alive("bucket")} as "reserved", ${here("bucket")} - ${alive("bucket")} as "left",
      case when bucket."waitingUntil" > clock_timestamp() and bucket."waitingSince" < asked."since"
        then least(bucket."waitingPoints", bucket."maximum") else 0 end as "ahead",
      greatest(bucket."restoreRate", 1) / 1000 as "restoredEachMs"
    from "ShopifyRateLimit" as bucket, lateral (select
      coalesce($3::timestamptz, date_trunc('milliseconds', clock_timestamp())) as "since", least($2::float8, bucket."maximum") as "points") as asked
    where bucket."shop" = $1 for update of bucket
  ), judged as (
    select *, "left" >= "points" + "ahead" as "goes", ("points" + "ahead" - "left") / "restoredEachMs" as "waitMs" from looked
  ), noted as (
    update "ShopifyRateLimit" as bucket set
      "reserved" = case when "goes" then judged."reserved" + "points" else bucket."reserved" end,
      "reservedAt" = case when "goes" then clock_timestamp() else bucket."reservedAt" end,
      "waitingSince" = case when not "goes" then "since" when bucket."waitingSince" <> "since" then bucket."waitingSince" end,
      "waitingPoints" = case when "goes" then bucket."waitingPoints" else "points" end,
      "waitingUntil" = case when "goes" then bucket."waitingUntil" else clock_timestamp() + "waitMs" * interval '1 millisecond' + ${LATE} end
    from judged where bucket."shop" = judged."shop" and ("goes" or ("ahead" = 0 and "waitMs" <= $4::float8))
  )
  select statement_timestamp() as "sentAt", "goes", "points", "waitMs", "since" from judged`;

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

type Looked = { sentAt: Date; goes: boolean; points: number; waitMs: number; since: Date };

/**
 * Paces a shop's requests together with every other process of this database. A shop that has no row yet, because
 * nobody asked it anything, is asked at once. If the database does not answer, requests go unpaced and Shopify's own
 * THROTTLED makes them wait.
 */
export function sharedPacer(db: Db, { shop, log }: { shop: string; log: Log }): Pacer {
  return {
    async reserve(points, { since, patienceMs = Infinity } = {}): Promise<Reservation | HasToWait> {
      try {
        const { rows } = await db.query<Looked>(RESERVE, [shop, points, since ?? null, patienceMs]);
        const [looked] = rows;
        if (!looked) return { points: 0, sentAt: LONG_AGO };
        if (looked.goes) return { points: looked.points, sentAt: looked.sentAt };
        return { waitMs: Math.max(LEAST_WAIT_MS, Math.ceil(looked.waitMs)), since: looked.since };
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
