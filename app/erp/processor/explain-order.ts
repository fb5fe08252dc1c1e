import type { PastPayload } from "#app/cache/load-order-payloads.server.ts";
import { NO_FACTS, type OrderFacts } from "#app/erp/facts/order-facts.ts";
import { openReturnCases } from "#app/erp/returns/open-return-cases.ts";
import { determinePaymentMethod, type PaymentFacts } from "#app/settings/determine-payment-method.ts";
import { matchGateway } from "#app/settings/match-gateway.ts";
import type { ShopSettings } from "#app/settings/settings-schema.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import type { OrderSlot } from "#app/shopify/codecs/order-slot.ts";
import { newestFirst } from "#app/shopify/codecs/newest-first.ts";
import { traceOrderField, type FieldOrigin } from "#app/shopify/codecs/trace-order-field.ts";
import { orderColumnOrigins, orderLineColumnOrigins } from "./column-origins.ts";
import { determineOrderStatus } from "./determine-order-status.ts";
import { unitsOf, type NotApplied } from "./not-applied.ts";
import { paymentFactsOf } from "./payment-facts-of.ts";

/** Why an order is as it is: what was not followed and why, and where each column came from. */
export type OrderExplanation = {
  notApplied: NotApplied[];
  /** Column of the order → the payload fields it came from, and the rule that made it of them. */
  order: Record<string, ColumnExplanation>;
  /** The same for the columns of its lines. */
  lines: Record<string, ColumnExplanation>;
};

export type ColumnExplanation = { rule: string | null; from: FieldOrigin[] };

export type ExplainContext = {
  settings: Pick<ShopSettings, "paymentRules" | "deliveryUnknownAfterDays">;
  cutOverAt: Date | null;
  facts: OrderFacts | undefined;
  now: Date;
};

/**
 * Computed on demand from what is kept anyway: the payloads, the ERP's facts, the shop's settings. Nothing that Shopify said
 * and the ERP did not follow is without its rule and the fact that stood against it.
 */
export function explainOrder(
  order: OrderSnapshot,
  slots: readonly OrderSlot[],
  history: readonly PastPayload[],
  context: ExplainContext,
): OrderExplanation {
  const { settings, cutOverAt, now, facts = NO_FACTS } = context;
  const isHistory = cutOverAt !== null && Date.parse(order.createdAt) < cutOverAt.getTime();
  const status = determineOrderStatus(order, facts, {
    ...{ onHold: false, isHistory, now, silentAfterDays: settings.deliveryUnknownAfterDays },
  });
  const unreceived = openReturnCases(order, facts, status, { isHistory })
    .filter(
      ({ openedBy, state }) => openedBy === "shopify" && (state === "initiated" || state === "requested"),
    )
    .map(({ reason, name, lines }): NotApplied => ({
      rule: "refunded-goods-not-received",
      news: `${name ?? reason ?? "A return"}: ${lines.map(({ lineId, qty }) => unitsOf(qty, titleOf(order, lineId))).join(", ")}`,
      fact: "Nothing of it was received here yet: stock moves on physical receipt only",
    }));
  const explain = (columns: Readonly<Record<string, { fields: readonly string[]; rule?: string }>>) =>
    Object.fromEntries(
      Object.entries(columns).map(([column, { fields, rule }]) => [
        column,
        { rule: rule ?? null, from: fields.flatMap((field) => traceOrderField(order, slots, field)) },
      ]),
    );
  return {
    notApplied: [
      ...status.notApplied,
      ...unreceived,
      ...explainPayment(order, slots, paymentFactsOf(order, facts.correction), settings),
      ...explainHistory(slots, history),
    ],
    order: explain(orderColumnOrigins),
    lines: explain(orderLineColumnOrigins),
  };
}

function titleOf(order: OrderSnapshot, lineId: string): string {
  return order.lines.find(({ id }) => id === lineId)?.title ?? `line ${lineId}`;
}

/** COD that sticks though Shopify names other gateways now, and a person's word against the rules. */
function explainPayment(
  order: OrderSnapshot,
  slots: readonly OrderSlot[],
  facts: PaymentFacts,
  { paymentRules }: Pick<ShopSettings, "paymentRules">,
): NotApplied[] {
  const notApplied: NotApplied[] = [];
  const byRules = determinePaymentMethod({ ...facts, correction: null }, paymentRules);
  if (facts.correction !== null && facts.correction !== byRules.paymentMethod)
    notApplied.push({
      rule: "persons-word-on-payment",
      news: `By its gateways (${order.gatewaysSeen.join(", ") || "none"}) the order is ${byRules.paymentMethod}`,
      fact: `A person said ${facts.correction}`,
    });
  const isCod = (name: string) => matchGateway(name, paymentRules)?.method === "COD";
  const named = newestFirst(slots)[0]?.decoded.gateways ?? [];
  const once = order.gatewaysSeen.filter(isCod);
  if (once.length > 0 && !named.some(isCod))
    notApplied.push({
      rule: "sticky-cod",
      news: `Shopify now names ${named.join(", ") || "no gateway"}`,
      fact: `${once.join(", ")} was named before: an order once COD stays COD`,
    });
  return notApplied;
}

/** Payloads that came when a newer one of their shape was there already. */
function explainHistory(slots: readonly OrderSlot[], history: readonly PastPayload[]): NotApplied[] {
  return history.flatMap(({ shape, shopifyUpdatedAt, source, receivedAt, supersededAt }): NotApplied[] => {
    if (receivedAt.getTime() !== supersededAt.getTime()) return [];
    const newer = slots.find((slot) => slot.shape === shape);
    return [
      {
        rule: "older-payload",
        news: `A ${shape} payload of ${shopifyUpdatedAt?.toISOString() ?? "an unknown time"} came by ${source}`,
        fact: `One of ${newer?.decoded.updatedAt ?? "a later time"} was known already`,
      },
    ];
  });
}
