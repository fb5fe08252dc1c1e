import type { Address } from "./address.ts";
import { toShopMinor } from "./exchange-rates.ts";
import type { Money2 } from "./money.ts";
import type { DraftLine, DraftShippingLine, DraftTax } from "./order-draft.ts";
import type { OrderPlan } from "./order-plan.ts";
import { lineNet, shippingNet } from "./order-totals.ts";

/** From this day GST on apparel is 5 % up to ₹2,500 a piece and 18 % above; before, 5 % up to ₹1,000 and 12 %. */
const GST_REFORM_MS = Date.UTC(2025, 8, 22) - 5.5 * 3_600_000;

function gstRate(pieceMinor: number, atMs: number): number {
  if (atMs < GST_REFORM_MS) return pieceMinor <= 100_000 ? 0.05 : 0.12;
  return pieceMinor <= 250_000 ? 0.05 : 0.18;
}

/** The tax inside an amount, for one of the rates that together make `sumRate`. */
function inside(amount: number, rate: number, sumRate: number): number {
  return Math.round((amount * rate) / (1 + sumRate));
}

/** CGST and SGST within the state, IGST to another one. */
function gst(net: Money2, rate: number, withinState: boolean, stateTax: string): DraftTax[] {
  const parts = withinState
    ? ([
        ["CGST", rate / 2],
        [stateTax, rate / 2],
      ] as const)
    : ([["IGST", rate]] as const);
  return parts.map(([title, part]) => ({
    title,
    rate: Number(part.toFixed(4)),
    amount: [inside(net[0], part, rate), inside(net[1], part, rate)],
  }));
}

/** Foreign taxes, on top of the price. */
function onTop(net: Money2, title: string, rate: number, currency: string): DraftTax {
  const minor = Math.round(net[1] * rate);
  return { title, rate, amount: [toShopMinor(minor, currency), minor] };
}

/** Lays tax on lines and shipping. @returns whether prices include it. */
export function layTaxes(
  plan: Pick<OrderPlan, "n" | "presentment" | "createdMs">,
  lines: readonly DraftLine[],
  shipping: readonly DraftShippingLine[],
  to: Address | null,
  sellerState: string,
): boolean {
  if (plan.presentment !== "INR") {
    // Exports carry no GST; where the shop is registered abroad the tax comes on top.
    const abroad = { EUR: ["VAT", 0.19], USD: ["Texas State Tax", 0.0825] } as const;
    const local =
      plan.n % 2 === 0 && (plan.presentment === "EUR" || plan.presentment === "USD")
        ? abroad[plan.presentment]
        : null;
    if (local === null) return plan.n % 3 !== 0;
    const [title, rate] = local;
    for (const line of lines)
      if (line.taxable) line.taxes = [onTop(lineNet(line), title, rate, plan.presentment)];
    for (const line of shipping)
      if (shippingNet(line)[1] > 0) line.taxes = [onTop(shippingNet(line), title, rate, plan.presentment)];
    return false;
  }
  const state = to?.provinceCode ?? sellerState;
  const within = state === sellerState;
  const stateTax = ["DL", "JK"].includes(state) ? "UTGST" : "SGST";
  for (const line of lines) {
    if (!line.taxable) continue;
    const net = lineNet(line);
    const piece = net[1] / line.quantity;
    line.taxes = gst(net, gstRate(piece, plan.createdMs), within, stateTax);
  }
  for (const line of shipping) {
    if (shippingNet(line)[1] > 0) line.taxes = gst(shippingNet(line), 0.18, within, stateTax);
  }
  return true;
}
