import type { OrderActionName } from "#app/erp/actions/order-action.ts";

import type { WriteBackKind } from "./home-view.ts";
import type { WorkForm } from "./order-work-form.ts";
import { writeBackWords } from "./write-back-words.ts";

const kinds: Partial<Record<OrderActionName, WriteBackKind>> = {
  hand_over: "fulfillmentCreate",
  update_tracking: "trackingUpdate",
  take_back: "fulfillmentCancel",
  deliver: "fulfillmentEvent",
  lose: "fulfillmentEvent",
  initiate_rto: "fulfillmentEvent",
};

/** Whether Shopify hears of an action, in words; null for what stays in the house anyway. */
export function shopifyIsTold(
  action: OrderActionName,
  { isWhole }: Pick<WorkForm, "isWhole">,
  isOn: Readonly<Record<WriteBackKind, boolean>>,
): string | null {
  const kind = action === "cancel" ? (isWhole ? "orderCancel" : "orderEdit") : kinds[action];
  if (kind === undefined) return null;
  const words = `“${writeBackWords[kind]}”`;
  return isOn[kind]
    ? `Shopify is told: ${words} is switched on.`
    : `Shopify is not told yet: ${words} is switched off on the page Write-back, and this waits until it is on.`;
}
