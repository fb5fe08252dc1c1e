import { enqueueStockDifferences } from "#app/erp/inventory/enqueue-stock-differences.server.ts";
import type { Database } from "#app/lib/db.server.ts";
import { doStockAct, doStockStep, settleAsked } from "./do-stock-step.ts";
import type { StockMix } from "./draw-stock.ts";
import { judgeBlame, judgeSettled, judgeStock } from "./judge-stock.ts";
import { startMixedShop } from "./mixed-shop.ts";
import { StockBook, type Level } from "./stock-book.ts";
import { ATTIC, readStockWishes } from "./stock-side.ts";
import { watchPushes } from "./watch-pushes.ts";

/** What orders of the mix before moved explains nothing of this one. */
const BETWEEN_MIXES_MS = 2 * 86_400_000;
/** Asked, sent again, moved meanwhile by what was sent: more turns are a loop. */
const MOST_ASKED = 4;

/** The mixed shop with its stock known, where the ERP leads. */
export async function startStockShop(database: Database) {
  const at = await startMixedShop(database, { stock: true });
  await at.dump("inventory");
  const [first, second] = at.locationIds();
  const items = await at.rows<{ item: string; skuId: string; variant: string; stocked: string[] }>(
    `select s."shopifyInventoryItemId" as item, s.id as "skuId", s."shopifyVariantId" as variant,
        array_agg(c."shopifyLocationId") as stocked
       from "ShopifyInventoryCache" c join "Sku" s on s.shop = c.shop and s.id = c."skuId"
      where c.shop = $1 and s.tracked and not s."isBundle" and s."archivedAt" is null group by 1, 2, 3 order by 1`,
  );
  const here = items.filter(({ stocked }) => stocked.includes(first ?? ""));
  const [two, one] = [here.filter(({ stocked }) => stocked.includes(second ?? "")), here];
  let mixes = 0;
  let current: { book: StockBook; mix: StockMix } | null = null;
  watchPushes(at, () => current);

  /** An item at both locations, and another at the first: others than those of the mix before. */
  const levelsOf = (n: number): Level[] => {
    const a = two[n % two.length];
    const b = one.filter(({ item }) => item !== a?.item)[n % (one.length - 1)];
    return [...[first, second].map((location) => ({ ...a, location })), { ...b, location: first }].map(
      ({ item = "", skuId = "", variant = "", location = "" }) => ({
        ...{ id: `${item}@${location}`, item, location, skuId, variant },
      }),
    );
  };

  const begin = async (mix: StockMix): Promise<StockBook> => {
    at.pass(BETWEEN_MIXES_MS);
    const book = new StockBook(at, levelsOf(mixes++));
    await at.rows(`delete from "ErpStock" where shop = $1`);
    const locations = mix.attic
      ? [
          { erp: ATTIC, shopify: first },
          { erp: first, shopify: first },
        ]
      : [];
    await at.rows(`update "Shop" set settings = settings || $2::jsonb where shop = $1`, [
      JSON.stringify({ stock: { leads: "erp", onConflict: mix.rule, locations } }),
    ]);
    for (const [level, { shopify }] of mix.start.entries())
      await doStockAct(at, book, mix, { what: "count", level, qty: shopify });
    await at.hear();
    for (const [level, { erp }] of mix.start.entries())
      if (erp !== null) await doStockAct(at, book, mix, { what: "set", level, qty: erp });
    if (mix.settled) await at.toRest();
    return book;
  };

  return {
    close: () => at.close(),
    /** Lives one drawn mix of stock to its rest. @returns what is not as it must be, in words */
    async live(mix: StockMix): Promise<string[]> {
      const book = await begin(mix);
      current = { book, mix };
      const wrong: string[] = [];
      /** Does something in which a sender may be at work; where all news had come, nobody is blamed for what nobody did. */
      const blaming = async (happen: () => Promise<unknown>, isAllHeard: boolean) => {
        const before = await readStockWishes(at);
        await happen();
        if (isAllHeard) wrong.push(...judgeBlame(book, before, await readStockWishes(at)));
      };
      try {
        const isLost = mix.steps.some((step) => step.do === "hear" && step.lost);
        for (const step of mix.steps) {
          at.pass(step.afterMs);
          await doStockStep(at, book, mix, step);
        }
        if (isLost) {
          for (const id of book.orders.keys()) await at.fetch(id);
          await at.dump("inventory");
        }
        await at.hear();
        await blaming(() => at.toRest(), !isLost);
        wrong.push(...(await judgeStock({ at, book, mix })));
        for (let turn = 0; turn < MOST_ASKED; turn++) {
          const asked = await settleAsked(at, "send_again");
          const sent = await differs(at);
          await at.toRest();
          if (asked + sent === 0) break;
        }
        wrong.push(...(await judgeSettled({ at, book, mix })));
        const pushes = book.moved.length;
        await differs(at);
        if ((await at.send()) > 0 || book.moved.length > pushes) wrong.push("all was sent, and yet more is");
        wrong.push(...book.wrong, ...at.strays);
      } finally {
        current = null;
        await at.forget();
      }
      return wrong;
    },
  };
}

/** @returns how many differences a person has sent */
function differs({ pool, shop, now }: Awaited<ReturnType<typeof startMixedShop>>): Promise<number> {
  return enqueueStockDifferences(pool, { shop, actor: "Asha", now: now() });
}

export type StockShop = Awaited<ReturnType<typeof startStockShop>>;
