import type { Mix } from "./draw-mix.ts";
import { readErpSide, readShopifySide, type ErpSide } from "./both-sides.ts";
import { doStep } from "./do-step.ts";
import { judgeDeleted, judgeLeft, judgeOrder } from "./judge-order.ts";
import { moneyOf } from "./ledger.ts";
import type { MixedShop } from "./mixed-shop.ts";

/** Lives one drawn mix to its rest. @returns what is not as it must be, in words; empty when all is well */
export async function liveMix(at: MixedShop, { plus, orders, steps }: Mix): Promise<string[]> {
  const plan = { displayName: plus ? "Shopify Plus" : "Basic", shopifyPlus: plus };
  Object.assign(at.simulator.store.shop, { plan });
  const ids: string[] = [];
  const wrong: string[] = [];
  try {
    for (const { lines, payment, shipping, off, part } of orders) {
      const variants = lines.map(({ variant, quantity }) => ({ variant: at.variant(variant), quantity }));
      const discount = off > 0 ? { discount: { code: "OFF", percentage: off } } : {};
      const plan = { lines: variants, payment, shipping, ...discount };
      ids.push(at.place(plan, part && payment === "pending" ? "250.00" : null));
    }
    await at.hear();
    for (const [i, step] of steps.entries()) {
      at.pass(step.afterMs + 1);
      const orderId = ids[step.order % ids.length] ?? "";
      const before = step.do === "hear" || step.do === "work" ? await ownRows(at, ids) : null;
      await doStep(at, orderId, step);
      if (before !== null) wrong.push(...echoes(before, await ownRows(at, ids), i));
    }
    // A webhook that was lost is made good by the question for the order.
    if (steps.some((step) => step.do === "hear" && step.lost)) for (const id of ids) await at.fetch(id);
    const heard = await ownRows(at, ids);
    await at.toRest();
    wrong.push(...echoes(heard, await ownRows(at, ids), "rest"));
    for (const id of ids) wrong.push(...(await judged(at, id)).map((words) => `${id}: ${words}`));
    if ((await at.sendAgain(ids)) > 0) {
      await at.toRest();
      for (const id of ids)
        wrong.push(...(await judged(at, id, { again: true })).map((words) => `${id}, sent again: ${words}`));
    }
    for (const id of ids) wrong.push(...(await reprocessed(at, id)));
    wrong.push(...at.strays);
  } finally {
    await at.forget();
  }
  return wrong;
}

/** @param again what was open was tried once more */
async function judged(at: MixedShop, orderId: string, { again = false } = {}): Promise<string[]> {
  const order = at.order(orderId);
  const [erp, ledger] = [await readErpSide(at, orderId), at.ledger(orderId)];
  if (order === null) return judgeDeleted({ erp, ledger });
  const both = { shopify: readShopifySide(order), erp, ledger, money: moneyOf(order) };
  return [...judgeOrder(both), ...(again ? judgeLeft(both) : [])];
}

type OwnRows = Map<string, string>;

/** What the ERP knows by itself of orders to which nobody else has done anything: what no echo of its own doings may change. */
async function ownRows(at: MixedShop, ids: readonly string[]): Promise<OwnRows> {
  const rows: OwnRows = new Map();
  for (const id of ids.filter((one) => at.ledger(one).foreignActs === 0)) {
    const { status, lines, parcels, cases, stopShip, intents } = await readErpSide(at, id);
    // Until a lost answer is made good nobody knows that the fulfilment which is told of is the parcel without an AWB.
    if (intents.some(({ unsure }) => unsure)) continue;
    rows.set(id, text({ status, lines, parcels, cases, stopShip }));
  }
  return rows;
}

function text(of: Pick<ErpSide, "status" | "lines" | "parcels" | "cases" | "stopShip">): string {
  const { parcels, cases, ...rest } = of;
  // A fulfilment that was cancelled because its parcel never left is shown as cancelled: it holds nothing.
  const left = parcels.filter(({ state }) => state !== "cancelled");
  const own = left.map(({ fulfillmentId: _, lines, ...one }) => ({ ...one, lines: [...lines] }));
  return JSON.stringify({
    ...rest,
    parcels: own,
    cases: cases.map((one) => ({ ...one, lines: [...one.lines] })),
  });
}

function echoes(before: OwnRows, after: OwnRows, step: number | string): string[] {
  return [...before].flatMap(([id, was]) =>
    after.has(id) && after.get(id) !== was
      ? [`${id}: at ${String(step)} an echo changed ${was} to ${String(after.get(id))}`]
      : [],
  );
}

/** Everything processed once more changes nothing, tells nobody, wishes nothing. */
async function reprocessed(at: MixedShop, orderId: string): Promise<string[]> {
  const all = async () =>
    JSON.stringify([
      await at.rows(`select * from "Order" where shop = $1 and "shopifyOrderId" = $2`, [orderId]),
      text(await readErpSide(at, orderId)),
      await at.rows(`select count(*) from "Outbox" where shop = $1 and "entityId" = $2`, [orderId]),
      await at.rows(`select count(*) from "ChangeFeed" where shop = $1 and "entityId" = $2`, [orderId]),
    ]);
  const before = await all();
  await at.rows(`update "ShopifyOrderCache" set "processedAt" = null where shop = $1 and id = $2`, [orderId]);
  await at.work();
  const after = await all();
  return before === after ? [] : [`${orderId}: processed once more it changed from ${before} to ${after}`];
}
