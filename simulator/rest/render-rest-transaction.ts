import { readField } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { afterShopTime, decimals, lower, numberOf, type Json } from "./rest-values.ts";

/**
 * A transaction: one amount, in the customer's currency, and no `amount_set`. The store knows no cards, so
 * `payment_details` (which only the topic order_transactions/create tells) is not here.
 */
export function renderRestTransaction(order: SimNode, one: SimNode): Json {
  const money = readField(one, "amountSet", "presentmentMoney");
  // Under names of its own, unlike every other set.
  const none = { amount: "0.0", currency: readField(money, "currencyCode") };
  const unsettled = { presentment_money: none, shop_money: none };
  return {
    id: numberOf(one.id),
    admin_graphql_api_id: one.id,
    amount: decimals(money),
    amount_rounding: null,
    authorization: one["authorizationCode"],
    created_at: afterShopTime(one["createdAt"]),
    currency: readField(money, "currencyCode"),
    device_id: null,
    error_code: lower(one["errorCode"]),
    gateway: one["gateway"],
    kind: lower(one["kind"]),
    location_id: null,
    manual_payment_gateway: one["manualPaymentGateway"],
    message: null,
    order_id: numberOf(order.id),
    parent_id: numberOf(readField(one, "parentTransaction", "id")),
    payment_id: one["paymentId"],
    processed_at: afterShopTime(one["processedAt"]),
    receipt: {},
    source_name: order["sourceName"],
    status: lower(one["status"]),
    test: one["test"],
    total_unsettled_set: unsettled,
    user_id: null,
  };
}
