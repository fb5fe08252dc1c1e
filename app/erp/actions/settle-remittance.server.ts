import type { Pool, PoolClient } from "pg";
import { answerOnce, type OnceRequest } from "#app/lib/answer-once.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import { fromMinor, MoneyError } from "#app/lib/money.ts";
import { recordAudit } from "#app/lib/record-audit.server.ts";
import { lockAwb } from "./book-remittance.server.ts";
import { notWorkedOn } from "./decide-order-action.ts";
import {
  collectedOf,
  collectingParcels,
  holdOrdersOfAwb,
  type Collecting,
} from "./remitted-parcels.server.ts";
import { writeReceipts } from "./write-receipts.server.ts";

type Settled = { words: string; intentIds: string[] };
type Difference = {
  id: string;
  awbNumber: string;
  awbKey: string;
  reference: string;
  amount: string;
  deduction: string;
  status: string;
  problem: string | null;
  words: string;
};

/**
 * A person's word on an open difference: `accept` books it as it came, on the parcels of its AWB or, where nobody has that AWB, on the
 * order that is named; `dismiss` leaves it unbooked.
 * @param once of a caller who may have to ask twice, as for `performOrderAction`
 * @throws AppError NOT_FOUND where the shop has no such difference or order; ACTION_NOT_ALLOWED with the reason and the next step
 */
export function settleRemittance(
  pool: Pool,
  {
    shop,
    id,
    decision,
    orderId,
    actor,
    now,
    once,
  }: {
    shop: string;
    id: string;
    decision: "accept" | "dismiss";
    orderId?: string | undefined;
    actor: string;
    now: Date;
    once?: OnceRequest | undefined;
  },
): Promise<Settled> {
  const settle = async (tx: PoolClient): Promise<Settled> => {
    const difference = await holdDifference(tx, { shop, id });
    if (decision === "accept" && difference.problem === "other_currency")
      throw new AppError("ACTION_NOT_ALLOWED", difference.words, {
        next: "Dismiss it, and book what was received as an entry in the orders' currency.",
      });
    const parts = decision === "dismiss" ? [] : await partsOf(tx, { shop, difference, orderId, now });
    const collected = decision === "dismiss" ? null : readCollected(parts, difference);
    const { booked, intentIds } =
      collected === null
        ? { booked: [], intentIds: [] }
        : await writeReceipts(tx, { shop, parts, collected, remittance: difference, actor });
    await tx.query(
      `update "Remittance" set status = $3, parts = $4, "settledBy" = $5, "settledAt" = $6 where shop = $1 and id = $2`,
      [shop, id, decision === "accept" ? "accepted" : "dismissed", JSON.stringify(booked), actor, now],
    );
    await recordAudit(tx, {
      ...{ shop, actor, now, action: `remittance.${decision}`, target: id },
      details: { awbNumber: difference.awbNumber, reference: difference.reference, parts: booked },
    });
    const words =
      collected === null
        ? `${difference.awbNumber}: left unbooked`
        : `${fromMinor(collected.minor, collected.currency)} ${collected.currency} of ${difference.awbNumber} booked`;
    return { words, intentIds };
  };
  return inRepeatedTransaction(pool, (tx) => answerOnce(tx, { shop, once, now }, () => settle(tx)));
}

/** The AWB first, its row next, as whoever books: then nobody waits for each other. */
async function holdDifference(
  tx: PoolClient,
  { shop, id }: { shop: string; id: string },
): Promise<Difference> {
  const read = async (lock: string) => {
    const { rows } = await tx.query<Difference>(
      `select id, "awbNumber", "awbKey", reference, amount, deduction, status, problem, words from "Remittance"
        where shop = $1 and id = $2 ${lock}`,
      [shop, id],
    );
    if (!rows[0]) throw new AppError("NOT_FOUND", `There is no remittance ${id} in ${shop}`);
    return rows[0];
  };
  await lockAwb(tx, { shop, awbKey: (await read("")).awbKey });
  const difference = await read("for update");
  if (difference.status !== "open")
    throw new AppError("ACTION_NOT_ALLOWED", `This remittance is ${difference.status} already`, {
      next: "Nothing is to be done with it; look at the queue again.",
    });
  return difference;
}

async function partsOf(
  tx: PoolClient,
  {
    shop,
    difference: { awbKey, awbNumber },
    orderId,
    now,
  }: { shop: string; difference: Difference; orderId: string | undefined; now: Date },
): Promise<Collecting[]> {
  const orders = await holdOrdersOfAwb(tx, { shop, awbKey, orderId, now });
  if (orderId !== undefined && orders.length === 0)
    throw new AppError("NOT_FOUND", `There is no order ${orderId} in ${shop}`);
  for (const { state } of orders) {
    const no = notWorkedOn(state);
    if (no)
      throw new AppError("ACTION_NOT_ALLOWED", `${state.order.name}: ${no.refused.message}`, {
        next: "Dismiss it here, and book it where the order is worked on.",
      });
  }
  const parcels = collectingParcels(orders, awbKey);
  if (parcels.length > 0) return parcels;
  const [order] = orders;
  if (order === undefined || orderId === undefined)
    throw new AppError("ACTION_NOT_ALLOWED", `No parcel that left has the AWB ${awbNumber}`, {
      next: "Say which order the money is of, correct the parcel's AWB, or dismiss it.",
    });
  return [{ ...order, parcelId: null, dueMinor: order.state.collect.orderMinor }];
}

function readCollected(
  parts: readonly Collecting[],
  difference: Difference,
): { currency: string; minor: number } {
  try {
    const collected = collectedOf(parts, difference);
    if (collected) return collected;
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    throw new AppError("ACTION_NOT_ALLOWED", error.message, {
      next: "Dismiss it, and book what was paid out as an amount of the orders' currency.",
    });
  }
  throw new AppError("ACTION_NOT_ALLOWED", "The orders of this AWB are in several currencies", {
    next: "Dismiss it, and book each order's part as an entry of its own.",
  });
}
