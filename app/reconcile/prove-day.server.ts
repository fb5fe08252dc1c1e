import type { Database } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { toMinor } from "#app/lib/money.ts";
import { nextDay, startOfDay } from "#app/lib/zoned-day.ts";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import {
  listCreatedOrders,
  MOST_LISTED_ORDERS,
  type CreatedOrders,
  type ListedOrder,
} from "#app/shopify/list-created-orders.server.ts";
import { compareDayWithErp } from "./compare-day-with-erp.server.ts";
import type { DayProof } from "./day-proof.ts";
import { refusalWords } from "./explain-refusal.ts";
import { loadShopCalendar } from "./load-shop-calendar.server.ts";

/** What proving needs; entries hand it in. */
export type ProofContext = { database: Pick<Database, "pool"> };

export type ProofOfDay = {
  shop: string;
  client: AdminClient;
  /** `YYYY-MM-DD`, a day of the shop's own time zone. */
  day: string;
  now: Date;
  signal?: AbortSignal;
};

/**
 * Holds one day of a shop's orders against Shopify: every order created that day, by number and by current total. Writes
 * nothing. A day that Shopify could not be asked about has the ERP's figures and a `problem`; above 10,000 orders only the
 * number is compared.
 * @throws RangeError if there is no such day; what the signal was aborted with
 */
export async function proveDay(
  { database }: ProofContext,
  { shop, client, day, now, signal }: ProofOfDay,
): Promise<DayProof> {
  const calendar = await loadShopCalendar(database.pool, { shop });
  const from = startOfDay(day, calendar.timeZone);
  const until = startOfDay(nextDay(day), calendar.timeZone);
  const told = await ask(client, { from, until, signal });
  const refusal = refusalOf(told);

  const listed = told.kind === "listed" ? told.orders.filter((order) => !order.test) : null;
  const erp = await compareDayWithErp(database.pool, {
    ...{ shop, from, until, listed },
    currency: calendar.currency,
  });
  const { currency, otherCurrencies, erpTotal, ...figures } = erp;
  return {
    ...{ shop, day, timeZone: calendar.timeZone, currency, ...figures },
    shopifyOrders: told.kind === "counted" ? told.orders : (listed?.length ?? null),
    shopifyTotalMinor: listed && sumMinor(listed, currency),
    erpTotalMinor: currency === null ? 0 : toMinor(erpTotal, currency),
    told: toldOf(listed ?? [], [...erp.missing, ...erp.differing]),
    problem: problemWords(told, refusal) ?? otherCurrencyWords(currency, otherCurrencies),
    refusal,
    checkedAt: now,
  };
}

function toldOf(listed: readonly ListedOrder[], ids: readonly string[]): DayProof["told"] {
  const wanted = new Set(ids);
  return Object.fromEntries(
    listed
      .filter(({ id }) => wanted.has(id))
      .map(({ id, number, total, currency }) => [id, { number, total, currency }]),
  );
}

type Told = CreatedOrders | { kind: "refused"; refusal: AppError };

/** What Shopify lists, or why it does not. A wish to stop goes to the top. */
async function ask(
  client: AdminClient,
  window: { from: Date; until: Date; signal?: AbortSignal | undefined },
): Promise<Told> {
  try {
    return await listCreatedOrders(client, window);
  } catch (error) {
    window.signal?.throwIfAborted();
    if (error instanceof AppError) return { kind: "refused", refusal: error };
    throw error;
  }
}

function sumMinor(orders: readonly ListedOrder[], currency: string | null): number {
  return orders.reduce(
    (sum, order) => (order.currency === currency ? sum + toMinor(order.total, currency) : sum),
    0,
  );
}

const figure = (value: number) => value.toLocaleString("en");

function refusalOf(told: Told): AppError | null {
  if (told.kind === "refused") return told.refusal;
  if (told.kind !== "disagrees") return null;
  const { counted, listed } = told;
  return new AppError(
    "COUNT_DISAGREES",
    `Shopify counts ${figure(counted)} orders but lists ${figure(listed)}, twice in a row.`,
  );
}

function problemWords(told: Told, refusal: AppError | null): string | null {
  if (refusal !== null) return refusalWords(refusal);
  if (told.kind !== "counted") return null;
  return `More than ${figure(MOST_LISTED_ORDERS)} orders: only their number was compared, not each of them.`;
}

function otherCurrencyWords(currency: string | null, others: readonly string[]): string | null {
  if (others.length === 0) return null;
  return `Some orders are in ${others.join(", ")}: the totals hold only those in ${String(currency)}.`;
}
