import { adjustErpStock, setErpStock, setSafetyStock } from "#app/erp/inventory/change-erp-stock.server.ts";
import { enqueueStockDifferences } from "#app/erp/inventory/enqueue-stock-differences.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { settleIntent } from "#app/writeback/settle-intent.server.ts";
import { doStep, sendWithSecond } from "./do-step.ts";
import type { StockAct, StockMix, StockStep } from "./draw-stock.ts";
import type { Meanwhile, MixedShop } from "./mixed-shop.ts";
import type { StockBook } from "./stock-book.ts";
import { ATTIC, readStockWishes } from "./stock-side.ts";

const actor = "Asha";

/** Does one drawn step to the stock of one mix. */
export async function doStockStep(
  at: MixedShop,
  book: StockBook,
  mix: StockMix,
  step: StockStep,
): Promise<void> {
  switch (step.do) {
    case "act":
      return doStockAct(at, book, mix, step.act);
    case "send":
      return send(at, book, mix, step);
    case "hear":
      return at.hearSome(step);
    case "work":
      await at.work();
      return;
    case "differences":
      await enqueueStockDifferences(at.pool, { shop: at.shop, actor, now: at.now() });
      return;
    case "again":
      await settleAsked(at, "send_again");
      return;
    case "drop":
      await settleAsked(at, "drop");
      return;
  }
}

/** A person's word on what was asked. @returns how many answers it took */
export async function settleAsked(at: MixedShop, decision: "send_again" | "drop"): Promise<number> {
  const asked = (await readStockWishes(at)).filter(
    ({ status }) => status === "conflict" || status === "refused",
  );
  for (const { id } of asked)
    await settleIntent(at.pool, { shop: at.shop, id, decision, actor, now: at.now() });
  return asked.length;
}

function ifNotAllowed(error: unknown): void {
  if (!(error instanceof AppError && error.code === "ACTION_NOT_ALLOWED")) throw error;
}

export async function doStockAct(
  at: MixedShop,
  book: StockBook,
  mix: StockMix,
  act: StockAct,
): Promise<void> {
  const level = book.levels[("level" in act ? act.level : 0) % book.levels.length];
  if (level === undefined) return;
  const { skuId } = level;
  // The fourth place is the attic, which feeds the first level.
  const isAttic = "level" in act && act.level === book.levels.length && mix.attic;
  const place = { shop: at.shop, skuId, locationId: isAttic ? ATTIC : level.location, actor, now: at.now() };
  const ids = [...book.orders.keys()];
  const orderId = "order" in act ? ids[act.order % Math.max(1, ids.length)] : undefined;
  const variants = [...new Set(book.levels.map(({ variant }) => variant))];
  const orders = async (happen: () => unknown) => {
    const moved = book.begin();
    await happen();
    moved("orders");
  };
  switch (act.what) {
    case "set":
      await setErpStock(at.pool, { ...place, sellableQty: act.qty });
      return;
    case "safety":
      await setSafetyStock(at.pool, { ...place, safetyStockQty: act.qty }).catch(ifNotAllowed);
      return;
    case "adjust":
      await adjustErpStock(at.pool, { ...place, by: act.by }).catch(ifNotAllowed);
      return;
    case "count":
    case "recount": {
      const available = act.what === "count" ? act.qty : Math.max(0, book.shown(level) + act.by);
      const moved = book.begin();
      at.simulator.act({
        ...{ act: "setStock", item: `gid://shopify/InventoryItem/${level.item}` },
        ...{ location: `gid://shopify/Location/${level.location}`, available },
      });
      moved("count");
      return;
    }
    case "add":
      if (orderId === undefined) return;
      return orders(() => {
        const variant = variants[act.item] ?? "";
        const add = [{ variant: gidOf(variant), quantity: act.quantity }];
        const units = book.orders.get(orderId);
        if (at.foreign(orderId, { act: "editOrder", order: at.gid(orderId), add }))
          units?.set(variant, (units.get(variant) ?? 0) + act.quantity);
      });
    case "order":
      return orders(() => {
        const units = new Map(act.lines.map((one) => [variants[one.item] ?? "", one.quantity]));
        const lines = [...units].map(([variant, quantity]) => ({ variant: gidOf(variant), quantity }));
        book.orders.set(at.place({ lines, payment: act.payment }), units);
      });
    case "touch":
      // What is added is drawn by itself, so that it is of an item of the mix.
      if (orderId === undefined || act.act.what === "add") return;
      return orders(() => doStep(at, orderId, { do: "shopify", order: 0, afterMs: 0, act: act.act }));
    case "click":
      if (orderId === undefined || !(await isKnown(at, orderId))) return;
      return doStep(at, orderId, { do: "click", order: 0, afterMs: 0, click: act.click });
    case "ship":
      if (orderId === undefined || !(await isKnown(at, orderId))) return;
      return doStep(at, orderId, {
        ...{ do: "ship", order: 0, afterMs: 0, share: 100, ready: false, awb: true },
        ...{ elsewhere: false, tell: false },
      });
  }
}

function gidOf(variant: string): string {
  return `gid://shopify/ProductVariant/${variant}`;
}

async function isKnown(at: MixedShop, orderId: string): Promise<boolean> {
  const rows = await at.rows(`select 1 from "Order" where shop = $1 and "shopifyOrderId" = $2`, [orderId]);
  return rows.length > 0;
}

async function send(
  at: MixedShop,
  book: StockBook,
  mix: StockMix,
  { fault, between, second }: Extract<StockStep, { do: "send" }>,
): Promise<void> {
  const { faults } = at.simulator;
  if (fault !== "none") faults.add({ kind: fault, count: 1, operation: "inventorySetQuantities" });
  const others: Meanwhile[] =
    between === null
      ? []
      : [
          {
            when: between.when,
            happen: () => {
              book.isStirred = true;
              return doStockAct(at, book, mix, between.act);
            },
          },
        ];
  try {
    await sendWithSecond(at, second, others);
  } finally {
    book.isStirred = false;
    faults.clear();
  }
}
