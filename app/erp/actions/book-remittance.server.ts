import type { Pool, PoolClient } from "pg";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import { fromMinor, MoneyError } from "#app/lib/money.ts";
import { sumDecimals } from "#app/lib/sum-decimals.ts";
import { recordAudit } from "#app/lib/record-audit.server.ts";
import { normaliseAwb } from "#app/erp/parcels/normalise-awb.ts";
import { notWorkedOn } from "./decide-order-action.ts";
import {
  collectedOf,
  collectingParcels,
  holdOrdersOfAwb,
  type Collecting,
} from "./remitted-parcels.server.ts";
import type { RemittanceEntry, RemittanceProblem } from "./remittance.ts";
import { writeReceipts, type BookedPart } from "./write-receipts.server.ts";

export type BookedRemittances = {
  /** How many entries were booked now, were booked or queued before (the same entry again), and went into the queue. */
  booked: number;
  already: number;
  queued: number;
  /** Of each entry, in its order, what came of it. `id` is the row in `Remittance`. */
  entries: BookedEntry[];
};
type BookedEntry = {
  id: string;
  status: "booked" | "already" | "queued";
  problem: RemittanceProblem | null;
  words: string;
};

/** AWBs at a time: while one waits for the database, another computes. */
const LANES = 4;

/**
 * Books what couriers paid out. An AWB is one transaction, whatever orders its parcels are of, so that a call that was cut goes on where
 * it was when it is sent again: the same entry is booked once. What is unknown, was paid under the same reference before, or is not what
 * the label said goes into the queue of differences, which a person settles (`settleRemittance`).
 */
export async function bookRemittance(
  pool: Pool,
  {
    shop,
    entries,
    actor,
    now,
  }: { shop: string; entries: readonly RemittanceEntry[]; actor: string; now: Date },
): Promise<BookedRemittances> {
  const results = new Map<number, BookedEntry>();
  const byAwb = Map.groupBy(entries.entries(), ([, { awbNumber }]) => normaliseAwb(awbNumber) ?? "");
  const queue = [...byAwb];
  const lane = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [awbKey, own] = next;
      const work = (tx: PoolClient) =>
        bookAwb(tx, { shop, awbKey, entries: own.map(([, entry]) => entry), actor, now });
      const booked = await inRepeatedTransaction(pool, work).catch((error: unknown) => {
        // The caller hears of it now: nothing goes on behind its back.
        queue.length = 0;
        throw error;
      });
      for (const [i, [place]] of own.entries()) {
        const result = booked[i];
        if (result) results.set(place, result);
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: LANES }, lane));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  const inOrder = entries.flatMap((_, place) => results.get(place) ?? []);
  const count = (status: BookedEntry["status"]) => inOrder.filter((one) => one.status === status).length;
  return { booked: count("booked"), already: count("already"), queued: count("queued"), entries: inOrder };
}

type Of = { shop: string; awbKey: string; actor: string; now: Date };

async function bookAwb(
  tx: PoolClient,
  { entries, ...of }: Of & { entries: readonly RemittanceEntry[] },
): Promise<BookedEntry[]> {
  const { shop, awbKey } = of;
  await lockAwb(tx, { shop, awbKey });
  const results: BookedEntry[] = [];
  for (const [i, entry] of entries.entries()) {
    const copy = entries.slice(0, i).filter((one) => isSame(one, entry)).length;
    const known = await findKnown(tx, { shop, awbKey, entry, copy });
    results.push(
      known.same
        ? { ...known.same, status: "already" }
        : await bookEntry(tx, { ...of, entry, copy, referenceUsed: copy > 0 || known.referenceUsed }),
    );
  }
  return results;
}

/** Whoever books or settles money of an AWB waits for whoever does it now. */
export async function lockAwb(
  tx: PoolClient,
  { shop, awbKey }: { shop: string; awbKey: string },
): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('remittance:' || $1 || ':' || $2, 0))`, [
    shop,
    awbKey,
  ]);
}

function isSame(one: RemittanceEntry, other: RemittanceEntry): boolean {
  return (
    one.reference === other.reference &&
    one.date === other.date &&
    sumDecimals([one.amount]) === sumDecimals([other.amount]) &&
    sumDecimals([one.deduction]) === sumDecimals([other.deduction])
  );
}

/** The row of this very entry, and whether its reference was used for this AWB by another that counts. */
async function findKnown(
  tx: PoolClient,
  { shop, awbKey, entry, copy }: { shop: string; awbKey: string; entry: RemittanceEntry; copy: number },
): Promise<{ same: Omit<BookedEntry, "status"> | null; referenceUsed: boolean }> {
  const { rows } = await tx.query<Omit<BookedEntry, "status"> & { same: boolean; counts: boolean }>(
    `select id, problem, words, status <> 'dismissed' as counts,
        (amount, deduction, "paidOn", copy) = ($4::numeric, $5::numeric, $6::date, $7::int) as same
       from "Remittance" where shop = $1 and "awbKey" = $2 and reference = $3`,
    [shop, awbKey, entry.reference, entry.amount, entry.deduction, entry.date, copy],
  );
  const same = rows.find((row) => row.same);
  return {
    same: same ? { id: same.id, problem: same.problem, words: same.words } : null,
    referenceUsed: rows.some(({ counts }) => counts),
  };
}

async function bookEntry(
  tx: PoolClient,
  of: Of & { entry: RemittanceEntry; copy: number; referenceUsed: boolean },
): Promise<BookedEntry> {
  const { shop, awbKey, entry, actor, now } = of;
  const id = crypto.randomUUID();
  const orders = await holdOrdersOfAwb(tx, { shop, awbKey, now });
  const parts = collectingParcels(orders, awbKey);
  const found = of.referenceUsed
    ? differs("reference_used", `${entry.reference} was paid out for ${entry.awbNumber} before`)
    : compare(parts, entry);
  if ("problem" in found) {
    await insert(tx, { ...of, id, status: "open", problem: found.problem, words: found.words, parts: [] });
    return { id, status: "queued", ...found };
  }
  const { booked } = await writeReceipts(tx, {
    ...{ shop, parts, collected: found, actor },
    remittance: { id, reference: entry.reference },
  });
  const words = `${fromMinor(found.minor, found.currency)} ${found.currency} of ${entry.awbNumber} booked`;
  await insert(tx, { ...of, id, status: "booked", problem: null, words, parts: booked });
  await recordAudit(tx, {
    ...{ shop, actor, now, action: "remittance.book", target: id },
    details: { awbNumber: entry.awbNumber, reference: entry.reference, parts: booked },
  });
  return { id, status: "booked", problem: null, words };
}

type Difference = { problem: RemittanceProblem; words: string };
const differs = (problem: RemittanceProblem, words: string): Difference => ({ problem, words });

/** What is to be booked, or why a person has to look at it. */
function compare(
  parts: readonly Collecting[],
  entry: RemittanceEntry,
): { currency: string; minor: number } | Difference {
  if (parts.length === 0) return differs("unknown_awb", `No parcel that left has the AWB ${entry.awbNumber}`);
  for (const { state } of parts) {
    const no = notWorkedOn(state);
    if (no) return differs("not_worked_on", `${state.order.name}: ${no.refused.message}`);
  }
  try {
    const collected = collectedOf(parts, entry);
    if (collected === null)
      return differs("not_an_amount", "The orders of this AWB are in several currencies");
    const { currency } = entry;
    if (currency !== undefined && currency !== collected.currency)
      return differs(
        "other_currency",
        `${entry.amount} ${currency} was paid out, but ${collected.currency} is to be collected`,
      );
    const due = parts.reduce((sum, { dueMinor }) => sum + dueMinor, 0);
    if (due === collected.minor) return collected;
    const say = (minor: number) => `${fromMinor(minor, collected.currency)} ${collected.currency}`;
    return differs(
      "amount_differs",
      `${say(collected.minor)} was collected, but ${due === 0 ? "nothing" : say(due)} was left to collect`,
    );
  } catch (error) {
    if (error instanceof MoneyError) return differs("not_an_amount", error.message);
    throw error;
  }
}

async function insert(
  tx: PoolClient,
  row: Of & {
    id: string;
    entry: RemittanceEntry;
    copy: number;
    status: "booked" | "open";
    problem: RemittanceProblem | null;
    words: string;
    parts: readonly BookedPart[];
  },
): Promise<void> {
  const { shop, id, entry, awbKey, copy, status, problem, words, parts, actor, now } = row;
  await tx.query(
    `insert into "Remittance" (shop, id, "awbNumber", "awbKey", reference, amount, deduction, "paidOn", copy, status, problem, words,
       parts, "createdBy", "createdAt") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      ...[shop, id, entry.awbNumber, awbKey, entry.reference, entry.amount, entry.deduction, entry.date],
      ...[copy, status, problem, words, JSON.stringify(parts), actor, now],
    ],
  );
}
