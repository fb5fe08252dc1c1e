import { cancelOrder } from "./cancel-order.ts";
import { createCustomer, deleteCustomer, mergeCustomers, updateCustomer } from "./customer-acts.ts";
import { deleteOrder } from "./delete-order.ts";
import { editOrder } from "./edit-order.ts";
import { fulfilOrder } from "./fulfil-order.ts";
import { holdFulfillment, releaseHold } from "./hold-order.ts";
import type { ActDone, LiveShop } from "./live-shop.ts";
import { createLocation, updateLocation } from "./location-acts.ts";
import { moveFulfillment } from "./move-fulfillment.ts";
import { payOrder } from "./pay-order.ts";
import { placeOrder } from "./place-order.ts";
import { createProduct, deleteProduct, updateProduct } from "./product-acts.ts";
import { refundOrder } from "./refund-order.ts";
import { returnOrder } from "./return-order.ts";
import { connectStock, disconnectStock, setStock } from "./stock-acts.ts";
import { updateFulfillment } from "./update-fulfillment.ts";

/** What a merchant or a buyer can do, by name. Each refuses (RefusedAct) what Shopify would, and changes nothing then. */
export const ACTS = {
  placeOrder,
  payOrder,
  fulfilOrder,
  updateFulfillment,
  moveFulfillment,
  cancelOrder,
  refundOrder,
  editOrder,
  returnOrder,
  holdFulfillment,
  releaseHold,
  deleteOrder,
  setStock,
  connectStock,
  disconnectStock,
  createProduct,
  updateProduct,
  deleteProduct,
  createCustomer,
  updateCustomer,
  deleteCustomer,
  mergeCustomers,
  createLocation,
  updateLocation,
} as const;

export type ActName = keyof typeof ACTS;

/** One act with what it takes: `{ act: "payOrder", order: "gid://shopify/Order/…" }`. */
export type Act = { [N in ActName]: { act: N } & Parameters<(typeof ACTS)[N]>[1] }[ActName];

/** Lets an act happen. @throws RefusedAct */
export function performAct(shop: LiveShop, act: Act): ActDone {
  const perform = ACTS[act.act] as (shop: LiveShop, act: Act) => ActDone;
  return perform(shop, act);
}
