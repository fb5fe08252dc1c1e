import type { MoneyPair } from "#app/lib/money.ts";
import { normalisePaymentText } from "#app/settings/match-gateway.ts";
import type { PaymentVerdict } from "#app/settings/determine-payment-method.ts";
import type { ShopSettings } from "#app/settings/settings-schema.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";

export type Hold = {
  kind:
    | "shopify"
    | "amount_unknown"
    | "unknown_gateway"
    | "payment_unknown"
    | "cod_unconfirmed"
    | "no_sku"
    | "money_difference";
  /** What a person's release names; other goods or amounts than were released hold it anew. Null where nobody here may. */
  key: string | null;
  /** Why, in a merchant's words. */
  words: string;
  /** Who may release it, and how. */
  releasedBy: string;
};

export type HoldSettings = Pick<ShopSettings, "holdOnMoneyDifference" | "codConfirmation">;

/**
 * Everything that keeps an open order from being picked, each with its reason and who may release it. A person's release
 * (a fact) covers what that person saw; what Shopify holds, only Shopify lets go, and how an order is paid takes a rule or a
 * word on the method, not a release.
 * @param differences what charges and payments leave unexplained
 */
export function findHolds(
  order: OrderSnapshot,
  {
    payment,
    differences,
    settings,
    released,
  }: {
    payment: PaymentVerdict;
    differences: readonly MoneyPair[];
    settings: HoldSettings;
    released: ReadonlySet<string>;
  },
): Hold[] {
  const holds: Hold[] = order.holds.map((reason) => ({
    kind: "shopify",
    key: null,
    words: `Held in Shopify: ${reason}`,
    releasedBy: "Release the hold on the order's page in Shopify",
  }));
  if (payment.paymentMethod === "COD" && order.totals.outstanding === undefined)
    holds.push({
      kind: "amount_unknown",
      key: null,
      words: "What is left to pay in the customer's currency is not known yet",
      releasedBy: "Nobody has to: Shopify is asked for it",
    });
  if (payment.hold)
    holds.push(
      payment.unknownGateways.length > 0
        ? {
            kind: "unknown_gateway",
            key: null,
            words: `Unknown payment gateway: ${payment.unknownGateways.join(", ")}`,
            releasedBy: "Add a gateway rule, or set the payment method of this order",
          }
        : {
            kind: "payment_unknown",
            key: null,
            words: "Nobody knows yet how this order is paid",
            releasedBy: "Wait for the payment, or set the payment method of this order",
          },
    );
  if (payment.paymentMethod === "COD" && isUnconfirmed(order, settings.codConfirmation))
    holds.push({
      kind: "cod_unconfirmed",
      key: "cod_unconfirmed",
      words: "Cash on delivery not confirmed",
      releasedBy: `Whoever confirms COD orders: tag the order ${settings.codConfirmation.confirmedTags.join(" or ")} in Shopify`,
    });
  const withoutSku = order.lines.filter(
    (line) => line.variantId === null && line.requiresShipping && line.unfulfilledQty > 0,
  );
  if (withoutSku.length > 0)
    holds.push({
      kind: "no_sku",
      key: ["no_sku", ...withoutSku.map(({ id }) => id)].join("-"),
      words: `No SKU for: ${withoutSku.map((line) => line.title).join(", ")}`,
      releasedBy: "Whoever knows the goods: edit the order in Shopify",
    });
  if (
    settings.holdOnMoneyDifference &&
    differences.some(({ shop, presentment }) => shop !== 0 || presentment !== 0)
  )
    holds.push({
      kind: "money_difference",
      key: [
        "money_difference",
        ...differences.map((one) => `${String(one.shop)}/${String(one.presentment)}`),
      ].join(" "),
      words: "The amounts do not add up to Shopify's total",
      releasedBy:
        "Whoever checks the amounts: mend the order in Shopify, or turn this hold off in the order rules",
    });
  return holds.filter(({ key }) => key === null || !released.has(key));
}

function isUnconfirmed(order: OrderSnapshot, rule: HoldSettings["codConfirmation"]): boolean {
  if (!rule.required) return false;
  const confirmed = new Set(rule.confirmedTags.map(normalisePaymentText));
  return !order.tags.some((tag) => confirmed.has(normalisePaymentText(tag)));
}
