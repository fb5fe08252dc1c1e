import { fromMinor } from "#app/lib/money.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import { determinePaymentMethod, type PaymentVerdict } from "#app/settings/determine-payment-method.ts";
import type { OrderFacts } from "#app/erp/facts/order-facts.ts";
import { openReturnCases } from "#app/erp/returns/open-return-cases.ts";
import type { ReturnCase } from "#app/erp/returns/return-case.ts";
import { findPaymentDifference, type Differences } from "./build-order-amounts.ts";
import { buildOrderCharges, type OrderCharges } from "./build-order-charges.ts";
import { determineAmountToCollect, type AmountToCollect } from "./determine-amount-to-collect.ts";
import { determineOrderStatus, type OrderStatus, type OrderStatusResult } from "./determine-order-status.ts";
import { determineStopShip, type StopShipReason } from "./determine-stop-ship.ts";
import { findHolds, type Hold } from "./find-holds.ts";
import type { OrderContext } from "./order-context.ts";
import { paymentFactsOf } from "./payment-facts-of.ts";

/** What the rules ask of the shop; not what its catalogue and its customers are. */
export type OrderRules = Pick<OrderContext, "settings" | "cutOverAt" | "now">;

/** What follows for one order from Shopify's news and the ERP's facts: what its rows are built of, and what decides on actions. */
export type ComputedOrder = {
  isHistory: boolean;
  charges: OrderCharges["charges"];
  differences: Differences;
  payment: PaymentVerdict;
  /** Of history and test orders none. */
  holds: Hold[];
  quantities: OrderStatusResult;
  /** As the order's row has it: packed goods that must not leave as they are hold their order like any other reason. */
  status: OrderStatus;
  collect: AmountToCollect;
  /** What a label of the packed goods would say if it were printed now, decimal in the customer's currency. */
  packedAmount: string;
  stopShip: StopShipReason[];
  cases: ReturnCase[];
};

/** The one way an order is computed, for its rows and for what may be done with it. Pure; amounts are exact. */
export function computeOrder(
  order: OrderSnapshot,
  facts: OrderFacts,
  { settings, cutOverAt, now }: OrderRules,
): ComputedOrder {
  const isHistory = cutOverAt !== null && Date.parse(order.createdAt) < cutOverAt.getTime();
  const { charges, difference, currentDifference } = buildOrderCharges(order);
  const differences = { difference, currentDifference, payments: findPaymentDifference(order) };
  const payment = determinePaymentMethod(paymentFactsOf(order, facts.correction), settings.paymentRules);
  // History and test orders are shown, never worked on: nothing can hold them.
  const holds =
    isHistory || order.test
      ? []
      : findHolds(order, {
          payment,
          differences: [difference, currentDifference, differences.payments],
          settings,
          released: facts.released,
        });
  const quantities = determineOrderStatus(order, facts, {
    onHold: holds.length > 0,
    isHistory,
    now,
    silentAfterDays: settings.deliveryUnknownAfterDays,
  });
  const collect = determineAmountToCollect(order, quantities, {
    payment,
    receipts: facts.receipts,
    round: settings.roundRupees,
  });
  const packedAmount = fromMinor(collect.packedMinor, order.presentmentCurrency);
  const stopShip = determineStopShip(order, facts, quantities, packedAmount);
  const status = quantities.status === "open" && stopShip.length > 0 ? "on_hold" : quantities.status;
  const cases = openReturnCases(order, facts, quantities, { isHistory });
  return {
    ...{ isHistory, charges, differences, payment, holds, quantities },
    ...{ status, collect, packedAmount, stopShip, cases },
  };
}
