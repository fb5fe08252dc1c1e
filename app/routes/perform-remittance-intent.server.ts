import { bookRemittance } from "#app/erp/actions/book-remittance.server.ts";
import { parseRemittances } from "#app/erp/actions/parse-remittances.server.ts";
import type { ReadRemittances } from "#app/erp/actions/read-remittance-rows.ts";
import { settleRemittance } from "#app/erp/actions/settle-remittance.server.ts";
import { listOrders } from "#app/erp/orders/list-orders.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { sumDecimals } from "#app/lib/sum-decimals.ts";
import type { RemittanceAnswer, RemittanceLeftOut, RemittancePreview } from "#app/ui/remittance-view.ts";

import { csvText } from "./csv-text.server.ts";
import type { PageRequest } from "./load-page.server.ts";
import type { RemittanceIntent } from "./remittance-intent.ts";

const MOST_ENTRIES = 10_000;
const SHOWN_ENTRIES = 20;
const SHOWN_PROBLEMS = 20;

/**
 * Does what a person wants of the couriers' remittances, and says how it went.
 * @throws AppError where it cannot be done, in words
 */
export async function performRemittanceIntent(
  { pool, shop, userId: actor, now }: Pick<PageRequest, "pool" | "shop" | "userId" | "now">,
  intent: RemittanceIntent,
): Promise<RemittanceAnswer> {
  if (intent.intent === "preview") return { ok: true, message: null, preview: previewOf(read(intent)) };
  if (intent.intent === "book") {
    const found = read(intent);
    const { entries } = found;
    if (entries.length === 0)
      throw new AppError("VALIDATION", "The file has nothing that can be booked: look at its preview.");
    const { booked, already, queued } = await bookRemittance(pool, { shop, entries, actor, now });
    const leftOut = leftOutOf(found);
    const message = [
      `${String(booked)} booked, ${String(queued)} in the queue, ${String(already)} known already`,
      ...(leftOut.count === 0 ? [] : [`${String(leftOut.count)} could not be read`]),
    ].join(", ");
    return { ok: true, message, booked: { booked, already, queued, leftOut } };
  }
  const { id } = intent;
  if (intent.intent === "dismiss") {
    const { words } = await settleRemittance(pool, { shop, id, decision: "dismiss", actor, now });
    return { ok: true, message: words };
  }
  const orderId = intent.order === "" ? undefined : await findOrder(pool, { shop, number: intent.order });
  const { words } = await settleRemittance(pool, { shop, id, decision: "accept", orderId, actor, now });
  return { ok: true, message: words };
}

function read({ text, reference, date }: Extract<RemittanceIntent, { text: string }>): ReadRemittances {
  const found = parseRemittances(text, { reference: reference || undefined, date: date || undefined });
  if (found.entries.length > MOST_ENTRIES)
    throw new AppError(
      "VALIDATION",
      `The file has ${String(found.entries.length)} rows: split it into files of at most ${String(MOST_ENTRIES)}.`,
    );
  return found;
}

function previewOf(found: ReadRemittances): RemittancePreview {
  const { entries, asks = [] } = found;
  const days = entries.map(({ date }) => date).sort();
  const [first] = days;
  const last = days.at(-1);
  return {
    count: entries.length,
    amount: sumDecimals(entries.map(({ amount }) => amount)),
    deduction: sumDecimals(entries.map(({ deduction }) => deduction)),
    days: first === undefined || last === undefined ? null : { first, last },
    entries: entries.slice(0, SHOWN_ENTRIES),
    leftOut: leftOutOf(found),
    asks,
  };
}

function leftOutOf({ problems, leftOut }: ReadRemittances): RemittanceLeftOut {
  return {
    problems: problems.slice(0, SHOWN_PROBLEMS),
    count: problems.length,
    csv:
      leftOut === undefined
        ? null
        : csvText([
            [...leftOut.head, "Line", "Why it was left out"],
            ...leftOut.rows.map(({ line, cells }, index) => [
              // A row may be shorter or longer than the names above it.
              ...leftOut.head.map((_, place) => cells[place] ?? ""),
              ...[String(line), problems[index]?.words ?? ""],
            ]),
          ]),
  };
}

/** @throws AppError where no order has that number, or several have */
async function findOrder(
  pool: PageRequest["pool"],
  { shop, number }: { shop: string; number: string },
): Promise<string> {
  const orders = await listOrders(pool, { shop, number, limit: 2, includeTest: true });
  const [order, other] = orders;
  if (order === undefined)
    throw new AppError("NOT_FOUND", `There is no order ${number}`, {
      next: "Write the number as the list of orders shows it, like #1003.",
    });
  if (other !== undefined)
    throw new AppError(
      "VALIDATION",
      `Several orders have the number ${number}: correct the parcel's AWB instead.`,
    );
  return order.id;
}
