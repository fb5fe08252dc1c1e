import { priceAbroad, toShopMinor } from "./exchange-rates.ts";
import { gidOf } from "./ids.ts";
import { LOCATIONS } from "./location-records.ts";
import { NO_MONEY } from "./money.ts";
import type { DraftLine, DraftShippingLine } from "./order-draft.ts";
import type { OrderPlan } from "./order-plan.ts";
import { lineOriginal } from "./order-totals.ts";
import type { RecordRandom } from "./random.ts";

/** Shipping as the shop charges it: free above ₹999, a fee for paying at the door for some, express. */
export function drawShipping(
  random: RecordRandom,
  plan: OrderPlan,
  lines: readonly DraftLine[],
): DraftShippingLine[] {
  if (plan.channel === "pos" || lines.every((line) => !line.requiresShipping)) return [];
  const list: DraftShippingLine[] = [];
  const add = (title: string, code: string, paise: number, custom = false): void => {
    const minor = paise === 0 ? 0 : priceAbroad(paise, plan.presentment);
    list.push({
      gid: gidOf("ShippingLine", plan.n, list.length),
      title,
      code,
      source: custom ? null : "shopify",
      carrierIdentifier: null,
      custom,
      isRemoved: false,
      price: [toShopMinor(minor, plan.presentment), minor],
      allocations: [],
      taxes: [],
      refunded: NO_MONEY,
    });
  };
  if (plan.delivery === "PICK_UP") {
    add(LOCATIONS[1].name, LOCATIONS[1].name, 0);
    return list;
  }
  if (plan.delivery === "LOCAL") {
    add("Local delivery", "Local delivery", 4_950);
    return list;
  }
  if (plan.presentment !== "INR") {
    add("International Shipping (DHL)", "INTL", 180_000);
    return list;
  }
  const goods = lines.reduce((sum, line) => sum + lineOriginal(line)[1], 0);
  if (plan.channel === "draft" && random.chance(0.5))
    add("Courier", "custom", random.pick([8_000, 12_050]), true);
  else if (random.chance(0.07)) add("Express (1–2 days)", "Express", 14_900);
  else if (goods >= 99_900) add("Free Shipping", "Free Shipping", 0);
  else add("Standard Shipping", "Standard", random.pick([7_900, 7_900, 4_950]));
  const payAtDoor = plan.payment === "cod" || plan.payment === "partial_cod";
  if (payAtDoor && random.chance(0.12)) add("Cash on Delivery fee", "COD-FEE", 4_900);
  return list;
}
