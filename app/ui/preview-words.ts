import { counted } from "./counted.ts";
import type { WriteBackKind } from "./home-view.ts";
import type { Format } from "./format.ts";
import type { SeenPreview } from "./write-back-view.ts";

/** What happens on switching a kind on: now, and from then on. */
export function previewWords(
  { kind, waiting }: Pick<SeenPreview, "kind" | "waiting">,
  isOn: (kind: WriteBackKind) => boolean,
  format: Format,
): string {
  if (kind === "fulfillmentOrderMove") {
    const later = isOn("fulfillmentCreate")
      ? "They would be moved at once, as their parcels are sent."
      : "Nothing is moved before “Mark items as fulfilled” is on too.";
    return waiting === 0
      ? "No parcel that waits names a location it left from. Once it is on, a fulfilment order is moved where one does."
      : `${counted(format, waiting, "parcel that waits names", "parcels that wait name")} the location it left from. ${later}`;
  }
  return waiting === 0
    ? "Nothing of this kind waits. Once it is on, each is sent within seconds of being done in the ERP."
    : `${counted(format, waiting, "change waits", "changes wait")} and would be sent at once. From then on each is sent within seconds of being done in the ERP.`;
}

const ASKED = "only where whoever does it in the ERP asks for it.";

/** What later ones may do to the customer; null for kinds that carry no such wish. */
export function laterWords(kind: WriteBackKind): string | null {
  switch (kind) {
    case "orderCancel":
      return `Later ones give money back, or make Shopify write to the customer, ${ASKED}`;
    case "fulfillmentCreate":
    case "trackingUpdate":
    case "orderEdit":
      return `Later ones make Shopify write to the customer ${ASKED}`;
    default:
      return null;
  }
}

/** What touches the customer among what waits, one sentence each; empty where nothing does. */
export function warningsOf(
  { kind, refunds, messages }: Pick<SeenPreview, "kind" | "refunds" | "messages">,
  format: Format,
): string[] {
  if (kind === "fulfillmentOrderMove") return [];
  return [
    ...(refunds === 0
      ? []
      : [`${counted(format, refunds, "of them gives", "of them give")} money back to the customer.`]),
    ...(messages === 0
      ? []
      : [`${counted(format, messages, "of them makes", "of them make")} Shopify write to the customer.`]),
  ];
}
