import { OPEN } from "./side-by-side.ts";
import type { MixedShop } from "./mixed-shop.ts";
import { agreedOf, readSaid, readStockWishes, type StockWishOf } from "./stock-side.ts";
import type { Level, StockBook } from "./stock-book.ts";
import type { StockMix } from "./draw-stock.ts";

type Seen = { at: MixedShop; book: StockBook; mix: StockMix };

/** Where a level at rest is not as the ERP last said, and nothing that is shown says why. */
export async function judgeStock({ at, book, mix }: Seen): Promise<string[]> {
  const [wishes, said] = [await readStockWishes(at), await readSaid(at, book.levels)];
  return book.levels.flatMap((level) => {
    const wrong: string[] = [];
    const own = wishes.filter((one) => one.level === level.id);
    wrong.push(...own.flatMap((wish) => [...judgeWish(wish, own, mix)]));
    const isAsked = own.some(({ status }) => OPEN.includes(status));
    const agreed = agreedOf(wishes, level);
    const last = own.findLast(({ status }) => ["sent", "already", "dropped"].includes(status));
    if (agreed !== null && last?.answer?.agreed !== undefined) {
      const moved = book.since(level, agreed.atMs, ["orders", "count"]);
      const shown = book.shown(level);
      // A later push whose answer was lost had come through, where a person is asked about what others made of it.
      const lost = isAsked ? book.pushesSince(level, agreed.atMs) : [0];
      if (!lost.some((by) => shown === agreed.quantity + moved + by))
        wrong.push(
          `both had ${String(agreed.quantity)}, others moved it by ${String(moved)}, it shows ${String(shown)}`,
        );
    }
    const word = Math.max(0, said.get(level.id) ?? 0);
    const sold = book.unitsOf(level);
    // What a person or the shop's rule left as it was counted stays so, with what the ERP keeps back or puts back since.
    const isLeft = own.some(({ status }) => status === "dropped");
    const pushed = isLeft ? null : last?.answer?.agreed?.quantity;
    if (!isAsked && typeof pushed === "number" && (pushed > word || pushed < word - sold))
      wrong.push(`the ERP said ${String(word)} at last, Shopify was told ${String(pushed)}`);
    return wrong.map((words) => `level ${level.id}: ${words}`);
  });
}

function* judgeWish(
  { id, status, error, conflict, answer }: StockWishOf,
  own: readonly StockWishOf[],
  mix: StockMix,
): Iterable<string> {
  const place = own.findIndex((one) => one.id === id);
  if (status === "refused") yield `refused, and everything is there: ${String(error)}`;
  if (status === "waiting" && !own.slice(0, place).some((one) => one.status === "conflict"))
    yield `waits for ever: ${String(error)}`;
  if (status !== "conflict") return;
  if (mix.rule !== "ask") yield `a person is asked, against the shop's rule`;
  if (!(error && conflict?.erp && conflict.shopify && conflict.next)) yield "asked without both sides";
  if (conflict !== null && conflict.shopify !== String(answer?.asked))
    yield `asked about ${conflict.shopify}, noted ${String(answer?.asked)}`;
}

/** Everything was heard and taken in, and a person has sent what differs: each level that the ERP has spoken of shows its number. */
export async function judgeSettled({ at, book }: Seen): Promise<string[]> {
  const [wishes, said] = [await readStockWishes(at), await readSaid(at, book.levels)];
  return book.levels.flatMap((level) => {
    const word = said.get(level.id) ?? null;
    if (word === null) return [];
    const open = wishes.filter((one) => one.level === level.id && [...OPEN, "waiting"].includes(one.status));
    const shown = book.shown(level);
    return [
      ...(shown === Math.max(0, word) ? [] : [`shows ${String(shown)}, the ERP has ${String(word)} to sell`]),
      ...open.map(({ status, error }) => `still ${status}: ${String(error)}`),
    ].map((words) => `level ${level.id}, all sent: ${words}`);
  });
}

/** Said of a number that nobody moved: a question, or by the shop's rule the end of it. */
const MOVED_WORDS = /^Somebody set it/;

/** Where a turn of a sender found that somebody had moved a level, though nobody did and all news had come. */
export function judgeBlame(
  book: StockBook,
  before: readonly StockWishOf[],
  after: readonly StockWishOf[],
): string[] {
  return book.levels.flatMap((level) =>
    after
      .filter((one) => one.level === level.id && MOVED_WORDS.test(one.error ?? ""))
      .filter((one) => before.find(({ id }) => id === one.id)?.error !== one.error)
      .filter(() => !isCounted(book, before, level))
      .map((one) => `level ${level.id}: nobody moved it, and yet: ${String(one.error)}`),
  );
}

function isCounted(book: StockBook, wishes: readonly StockWishOf[], level: Level): boolean {
  const since = agreedOf(wishes, level)?.atMs ?? 0;
  return book.moved.some((one) => one.level === level.id && one.who === "count" && one.atMs > since);
}
