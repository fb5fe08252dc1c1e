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
  receive_rto: "fulfillmentEvent",
};
/** That a parcel does not arrive is told once. */
const failures: readonly OrderActionName[] = ["lose", "initiate_rto", "receive_rto"];

/** Whether Shopify hears of an action, in words; null for what stays in the house anyway. @param parcelState of the parcel it is about */
export function shopifyIsTold(
  action: OrderActionName,
  { isWhole }: Pick<WorkForm, "isWhole">,
  isOn: Readonly<Record<WriteBackKind, boolean>>,
  parcelState?: string,
): string | null {
  const kind = action === "cancel" ? (isWhole ? "orderCancel" : "orderEdit") : kinds[action];
  const isKnown = failures.includes(action) && ["rto_initiated", "lost"].includes(parcelState ?? "");
  if (kind === undefined || isKnown) return null;
  const words = `“${writeBackWords[kind]}”`;
  return isOn[kind]
    ? `Shopify is told: ${words} is switched on.`
    : `Shopify is not told yet: ${words} is switched off on the page Write-back, and this waits until it is on.`;
}
