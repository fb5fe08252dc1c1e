import { readText } from "#simulator/store/read-record.ts";
import type { StockMix } from "./draw-stock.ts";
import type { MixedShop } from "./mixed-shop.ts";
import type { Level, StockBook } from "./stock-book.ts";
import { agreedOf, readSaid, readSaidAt, readStockWishes, type StockWishOf } from "./stock-side.ts";
import { levelOf, quantitiesOf, type Quantity } from "./told-of.ts";

/** Of an order that somebody has changed since. */
const ANY_UNITS = 100;

/** Reads each push as it leaves: what it says, and over what. Nothing else of the mix happens before it has left. */
export function watchPushes(at: MixedShop, current: () => { book: StockBook; mix: StockMix } | null): void {
  at.watch({
    async planned(body) {
      const now = current();
      if (now === null) return;
      for (const row of quantitiesOf(body)) await judgePush(at, now, row);
    },
    leaves(body) {
      const now = current();
      if (now === null) return () => undefined;
      const moved = now.book.begin();
      const faults = () => at.simulator.faults.list().some(({ kind }) => kind === "stock-moved");
      const mayMove = faults();
      return () => {
        const isPush = quantitiesOf(body).length > 0;
        // The whole request is refused then.
        moved(!isPush ? "orders" : mayMove && !faults() ? "count" : "us");
      };
    },
  });
}

async function judgePush(
  at: MixedShop,
  { book, mix }: { book: StockBook; mix: StockMix },
  row: Quantity,
): Promise<void> {
  const { quantity, changeFromQuantity } = row;
  const id = levelOf(row);
  const level = book.levels.find((one) => one.id === id);
  if (level === undefined) {
    book.wrong.push(`pushed to ${id}, of which nobody spoke`);
    return;
  }
  const word = (await readSaid(at, [level])).get(id) ?? null;
  const open = await unknownUnits(at, book, level);
  const [least, most] = [open.most, open.least].map((units) => Math.max(0, (word ?? 0) - units));
  const wishes = await readStockWishes(at);
  const change = await changeSince(at, { level, word: word ?? 0, wishes });
  const isWhole = quantity >= (least ?? 0) && quantity <= (most ?? 0);
  const [from, to] = [Math.min(0, change ?? 0), Math.max(0, change ?? 0)].map((by) =>
    Math.max(0, Math.min(changeFromQuantity + by, most ?? 0)),
  );
  const isChange = quantity >= (from ?? 0) && quantity <= (to ?? 0);
  // Where somebody has counted the ERP's number wins as it is; and a push of ours since, whose answer was lost, has moved it already.
  const agreedMs = agreedOf(wishes, level)?.atMs ?? -Infinity;
  const isMoved = book.moved.some((one) => one.level === id && one.who !== "orders" && one.atMs > agreedMs);
  const fits = word !== null && (change === null ? isWhole : isChange || (isWhole && isMoved));
  if (!fits && !book.isStirred)
    book.wrong.push(
      `level ${id}: pushed ${String(quantity)}, the ERP has ${String(word)}, ${JSON.stringify(open)} not taken in`,
    );
  // What has moved since it was read, Shopify refuses.
  if (mix.rule === "erp" || book.shown(level) !== changeFromQuantity) return;
  const asked = wishes.find(
    (one) => one.level === id && one.status === "waiting" && one.answer?.asked !== undefined,
  )?.answer;
  if (asked?.asked === changeFromQuantity) return;
  // What orders have moved since a person knew the number is no news; what was counted since is.
  if (asked?.askedAt !== undefined) {
    const sinceMs = Date.parse(asked.askedAt);
    const counted = Math.abs(book.since(level, sinceMs, ["count"]));
    if (counted <= (await unsureUnits(at, book, { level, sinceMs }))) return;
  }
  const agreed = agreedOf(wishes, level);
  if (agreed === null) {
    // What it was when a push left whose answer was lost, it may have been all the while: a count that was sold back to it hides.
    const isAsBefore = wishes.some(
      ({ level: of, answer }) =>
        of === id && answer?.unsure === true && answer.changeFrom === changeFromQuantity,
    );
    if (book.lastPushMs(level) > 0 || isAsBefore) return;
    const [cached] = await at.rows<{ qty: number }>(
      `select "availableQty" as qty from "ShopifyInventoryCache" where shop = $1 and id = $2`,
      [id],
    );
    if (cached?.qty !== changeFromQuantity)
      book.wrong.push(
        `level ${id}: never pushed, ${String(changeFromQuantity)} unheard of, and overwritten unasked`,
      );
    return;
  }
  const unsure = await unsureUnits(at, book, { level, sinceMs: agreed.atMs });
  const counted = book.since(level, Math.max(agreed.atMs, book.lastPushMs(level)), ["count"]);
  // Counted back to what it was before our own push, whose answer may be lost, it may never have been pushed.
  const isHidden = [counted, counted + book.lastPushBy(level)].some((by) => Math.abs(by) <= unsure);
  if (!isHidden)
    book.wrong.push(
      `level ${id}: ${String(changeFromQuantity)} was counted (${String(counted)}), orders hide ${String(unsure)} at most, and overwritten unasked`,
    );
}

/**
 * How many more or less the ERP has to sell since both sides agreed, where it has said no new number: Shopify's moves by that, or by none of
 * it where a push whose answer was lost had done so; null where the number itself is to be there.
 */
async function changeSince(
  at: MixedShop,
  { level, word, wishes }: { level: Level; word: number; wishes: readonly StockWishOf[] },
): Promise<number | null> {
  const agreed = agreedOf(wishes, level)?.word;
  const isAsked = wishes.some(
    ({ level: of, status, answer }) => of === level.id && status === "waiting" && answer?.asked !== undefined,
  );
  if (agreed === undefined || isAsked) return null;
  return agreed.saidAt === (await readSaidAt(at, level)) ? word - agreed.left : null;
}

/** Around the moment itself an order may have been placed on either side of it. */
const SLACK_MS = 130_000;

/**
 * Units that a count may hide behind: of an order that was placed well after the moment, is known with where it leaves from, and that
 * nobody has touched since, it is known what it took; another may have taken as many more, or given them back.
 */
async function unsureUnits(
  at: MixedShop,
  book: StockBook,
  { level, sinceMs }: { level: Level; sinceMs: number },
): Promise<number> {
  // Where it leaves from is told by an answer to a question of ours.
  const known = await at.rows<{ id: string }>(
    `select c.id from "ShopifyOrderCache" c where c.shop = $1 and c.id = any($2) and c."shopifyUpdatedAt" >= $3
        and (c."rawShape" = 'detail' or exists (select from "ShopifyCacheSlot" s where s.shop = $1 and s.kind = 'order' and s.id = c.id
          and s.shape = 'detail'))`,
    [[...book.orders.keys()], new Date(sinceMs + SLACK_MS)],
  );
  const sure = new Set(known.map(({ id }) => id).filter((id) => isUntouched(at, id, sinceMs + SLACK_MS)));
  return [...book.orders].reduce(
    (sum, [id, units]) => sum + (sure.has(id) ? 0 : 2 * (units.get(level.variant) ?? 0)),
    0,
  );
}

function isUntouched(at: MixedShop, id: string, fromMs: number): boolean {
  const { foreignActs, mutations } = at.ledger(id);
  const placedMs = Date.parse(readText(at.order(id)?.["createdAt"]));
  return foreignActs + mutations.length === 0 && placedMs >= fromMs;
}

/** Units in orders of the cache that are not in the ERP: at most, and at least. */
async function unknownUnits(
  at: MixedShop,
  book: StockBook,
  { variant, location }: Level,
): Promise<{ least: number; most: number }> {
  const rows = await at.rows<{ id: string }>(
    `select c.id from "ShopifyOrderCache" c where c.shop = $1 and c."processedAt" is null and c."deletedAt" is null
        and not exists (select from "Order" o where o.shop = $1 and o."shopifyOrderId" = c.id)`,
  );
  const sums = { least: 0, most: 0 };
  for (const { id } of rows) {
    const units = book.orders.get(id)?.get(variant) ?? 0;
    if (at.ledger(id).foreignActs > 0) sums.most += ANY_UNITS;
    else {
      // Every order is sent from the first location, and asked of every one until that is known.
      sums.most += units;
      sums.least += location === at.locationIds()[0] ? units : 0;
    }
  }
  return sums;
}
