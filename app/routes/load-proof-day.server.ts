import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { dayBefore, nextDay } from "#app/lib/zoned-day.ts";
import { loadOrdersOfProof } from "#app/reconcile/load-orders-of-proof.server.ts";
import { loadProofLine } from "#app/reconcile/load-proof-line.server.ts";
import { loadShopCalendar } from "#app/reconcile/load-shop-calendar.server.ts";
import type { ProofDayView } from "#app/ui/proof-day-view.ts";
import { viewProof } from "#app/ui/proof-view.ts";

import { readProofDay } from "./read-proof-day.ts";

/**
 * The page of one day's proof.
 * @param asked the day as the address has it
 * @throws AppError NOT_FOUND for what is no day, or one that is not over
 */
export async function loadProofDay(
  db: Db,
  { shop, asked, now }: { shop: string; asked: string; now: Date },
): Promise<ProofDayView> {
  const { timeZone } = await loadShopCalendar(db, { shop });
  const day = readAddress(asked, { timeZone, now });
  const line = await loadProofLine(db, { shop, day, now });
  const orders = await loadOrdersOfProof(db, { shop, day, proof: line.proof });
  return {
    proof: viewProof(line),
    previousDay: dayBefore(day),
    nextDay: line.isYesterday ? null : nextDay(day),
    orders,
  };
}

function readAddress(asked: string, place: { timeZone: string; now: Date }): string {
  try {
    return readProofDay(asked, place);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const words = error.message.replace(/^day: /, "");
    throw new AppError("NOT_FOUND", `There is no proof of "${asked}": ${words}`, { cause: error });
  }
}
