import { toShopMinor } from "./exchange-rates.ts";
import { sumMoney } from "./money.ts";
import type { Money2 } from "./money.ts";
import type { DraftApplication, DraftLine, DraftShippingLine } from "./order-draft.ts";
import type { OrderPlan } from "./order-plan.ts";
import { lineOriginal } from "./order-totals.ts";
import { priceAbroad } from "./exchange-rates.ts";
import type { RecordRandom } from "./random.ts";

/** What is left of a line to take off, in the buyer's minor units. */
export function leftOfLine(line: DraftLine): number {
  return lineOriginal(line)[1] - sumMoney(line.allocations.map((one) => one.amount))[1];
}

/** Takes an amount off a line; `toShop` turns the buyer's minor units into the shop's. */
export function allocate(
  line: DraftLine,
  application: number,
  minor: number,
  toShop: (minor: number) => number,
): void {
  if (minor <= 0) return;
  const shopLeft = lineOriginal(line)[0] - sumMoney(line.allocations.map((one) => one.amount))[0];
  // All of the line off means all of it in both currencies, whatever rounding says.
  const shop = minor === leftOfLine(line) ? shopLeft : Math.min(shopLeft, toShop(minor));
  line.allocations.push({ application, amount: [shop, minor] });
}

/**
 * Spreads an order-level amount over lines in proportion to what they cost, rounded down, the
 * minor units left over going one by one to the first lines: the parts add up to the amount.
 */
export function spread(amount: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum === 0) return weights.map(() => 0);
  const parts = weights.map((weight) => Math.floor((amount * weight) / sum));
  let rest = amount - parts.reduce((total, part) => total + part, 0);
  for (let i = 0; rest > 0; i = (i + 1) % weights.length) {
    if ((parts[i] ?? 0) < (weights[i] ?? 0)) {
      parts[i] = (parts[i] ?? 0) + 1;
      rest--;
    }
  }
  return parts;
}

const ORDER_CODES = ["WELCOME10", "DIWALI15", "SAVE7", "NAZRANA12.5"] as const;

/** Draws an order's discounts and lays them on its lines and shipping. */
export function drawDiscounts(
  random: RecordRandom,
  plan: OrderPlan,
  lines: readonly DraftLine[],
  shipping: readonly DraftShippingLine[],
): DraftApplication[] {
  const applications: DraftApplication[] = [];
  const toShop = (minor: number): number => toShopMinor(minor, plan.presentment);
  const goods = lines.filter((line) => !line.isTip && !line.isGiftCard);
  const add = (application: DraftApplication): number => applications.push(application) - 1;
  const across = (application: DraftApplication, amount: number): void => {
    const weights = goods.map(leftOfLine);
    const most = weights.reduce((sum, weight) => sum + weight, 0);
    const index = add(application);
    const parts = spread(Math.min(amount, most), weights);
    goods.forEach((line, i) => allocate(line, index, parts[i] ?? 0, toShop));
  };
  const percentOf = (minor: number, percentage: number): number => Math.round((minor * percentage) / 100);
  const goodsLeft = (): number => goods.reduce((sum, line) => sum + leftOfLine(line), 0);
  if (plan.payment === "free") {
    across(
      {
        type: "DiscountCodeApplication",
        allocationMethod: "ACROSS",
        targetSelection: "ALL",
        targetType: "LINE_ITEM",
        value: { percentage: 100 },
        label: "INFLUENCER100",
      },
      goodsLeft(),
    );
    if (shipping.length > 0) freeShipping(applications, shipping, "INFLUENCERSHIP");
    return applications;
  }
  const kind = random.next();
  if (kind < 0.1 || (kind > 0.2 && kind < 0.23)) {
    // Off single lines, by itself.
    const percentage = random.pick([10, 20, 33, 50]);
    const index = add({
      type: "AutomaticDiscountApplication",
      allocationMethod: "EACH",
      targetSelection: "ENTITLED",
      targetType: "LINE_ITEM",
      value: { percentage },
      label: 'Buy more, save more – "Kurta Week"',
    });
    for (const line of goods.slice(0, 2))
      allocate(line, index, percentOf(leftOfLine(line), percentage), toShop);
  }
  if (kind > 0.2 && kind < 0.33) {
    const label = random.pick(ORDER_CODES);
    const percentage = label === "NAZRANA12.5" ? 12.5 : Number(label.replace(/\D/g, ""));
    across(
      {
        type: "DiscountCodeApplication",
        allocationMethod: "ACROSS",
        targetSelection: "ALL",
        targetType: "LINE_ITEM",
        value: { percentage },
        label,
      },
      percentOf(goodsLeft(), percentage),
    );
  } else if (kind >= 0.33 && kind < 0.4) {
    const amountMinor = priceAbroad(random.pick([10_000, 20_000, 5_000, 9_999]), plan.presentment);
    across(
      {
        type: "DiscountCodeApplication",
        allocationMethod: "ACROSS",
        targetSelection: "ALL",
        targetType: "LINE_ITEM",
        value: { amountMinor },
        label: "FLAT100",
      },
      amountMinor,
    );
  } else if (kind >= 0.4 && kind < 0.44) {
    const percentage = 15;
    const index = add({
      type: "DiscountCodeApplication",
      allocationMethod: "EACH",
      targetSelection: "ENTITLED",
      targetType: "LINE_ITEM",
      value: { percentage },
      label: "KURTA15",
    });
    for (const line of goods.slice(0, 1))
      allocate(line, index, percentOf(leftOfLine(line), percentage), toShop);
  } else if (kind >= 0.44 && kind < 0.47) {
    const amountMinor = priceAbroad(15_000, plan.presentment);
    across(
      {
        type: "AutomaticDiscountApplication",
        allocationMethod: "ACROSS",
        targetSelection: "ALL",
        targetType: "LINE_ITEM",
        value: { amountMinor },
        label: "₹150 off above ₹999",
      },
      amountMinor,
    );
  } else if (kind >= 0.47 && kind < 0.48) {
    const percentage = 5;
    across(
      {
        type: "ScriptDiscountApplication",
        allocationMethod: "ACROSS",
        targetSelection: "ALL",
        targetType: "LINE_ITEM",
        value: { percentage },
        label: "Prepaid 5% off",
      },
      percentOf(goodsLeft(), percentage),
    );
  }
  if (plan.channel === "draft" && random.chance(0.5)) {
    const percentage = random.pick([3, 17]);
    across(
      {
        type: "ManualDiscountApplication",
        allocationMethod: "ACROSS",
        targetSelection: "ALL",
        targetType: "LINE_ITEM",
        value: { percentage },
        label: "Friends & family",
      },
      percentOf(goodsLeft(), percentage),
    );
  }
  if ((plan.channel === "draft" || plan.channel === "pos") && random.chance(0.2)) {
    const amountMinor = 1_050;
    const index = add({
      type: "ManualDiscountApplication",
      allocationMethod: "ONE",
      targetSelection: "EXPLICIT",
      targetType: "LINE_ITEM",
      value: { amountMinor },
      label: "Stain on hem",
    });
    for (const line of goods.slice(0, 1))
      allocate(line, index, Math.min(leftOfLine(line), amountMinor), toShop);
  }
  if (kind > 0.9 && shipping.some((line) => line.price[1] > 0))
    freeShipping(applications, shipping, "FREESHIP");
  return applications;
}

function freeShipping(
  applications: DraftApplication[],
  shipping: readonly DraftShippingLine[],
  label: string,
): void {
  const index =
    applications.push({
      type: "DiscountCodeApplication",
      allocationMethod: "EACH",
      targetSelection: "ALL",
      targetType: "SHIPPING_LINE",
      value: { percentage: 100 },
      label,
    }) - 1;
  for (const line of shipping) {
    const amount: Money2 = line.price;
    if (amount[1] > 0) line.allocations.push({ application: index, amount });
  }
}
