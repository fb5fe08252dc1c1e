import { intentPayloads, type IntentKind } from "#app/outbox/outbox-intent.ts";
import { sayLines } from "./plan.ts";

export type DescribedOf = {
  kind: IntentKind;
  payload: unknown;
  /** Of its order, by Shopify's line id. */
  titles: ReadonlyMap<string, string>;
};

/** What is wished in Shopify, for a person: "mark 2 × Shirt as fulfilled, AWB 123 by Delhivery". */
export function describeIntent({ kind, payload, titles }: DescribedOf): string {
  switch (kind) {
    case "fulfillmentCreate": {
      const read = intentPayloads[kind].safeParse(payload);
      if (!read.success) break;
      const { lines, notifyCustomer, ...tracking } = read.data;
      return joined(
        `mark ${sayLines(lines, titles)} as fulfilled`,
        sayTracking(tracking),
        tellsOf(notifyCustomer),
      );
    }
    case "trackingUpdate": {
      const read = intentPayloads[kind].safeParse(payload);
      if (!read.success) break;
      const { notifyCustomer, ...tracking } = read.data;
      return joined(`tell a parcel's tracking: ${sayTracking(tracking)}`, tellsOf(notifyCustomer));
    }
    case "fulfillmentEvent": {
      const read = intentPayloads[kind].safeParse(payload);
      if (!read.success) break;
      return `tell that a parcel is ${eventWords[read.data.status]}`;
    }
    case "fulfillmentCancel":
      return "cancel a parcel's fulfilment, because it did not leave";
    case "orderCancel": {
      const read = intentPayloads[kind].safeParse(payload);
      if (!read.success) break;
      return joined("cancel the order", ...alsoOf(read.data));
    }
    case "orderEdit": {
      const read = intentPayloads[kind].safeParse(payload);
      if (!read.success) break;
      return joined(`take ${sayLines(read.data.lines, titles)} off the order`, ...alsoOf(read.data));
    }
    case "orderMarkAsPaid": {
      const read = intentPayloads[kind].safeParse(payload);
      if (!read.success) break;
      return `book ${read.data.amount} ${read.data.currency} as paid`;
    }
    case "inventorySet":
      return "set the stock of an item at a location";
  }
  return "something that this version of the app cannot read";
}

/** What of it touches the customer: their money, or a message Shopify sends them because the payload says so. */
export type CustomerEffects = { refunds: boolean; notifies: boolean };

/** Whether an intent refunds or makes Shopify write to the customer; of a payload that cannot be read neither leaves. */
export function effectsOfIntent({ kind, payload }: Omit<DescribedOf, "titles">): CustomerEffects {
  const read = intentPayloads[kind].safeParse(payload);
  const said: Record<string, unknown> = read.success ? { ...read.data } : {};
  return { refunds: said["refund"] === true, notifies: said["notifyCustomer"] === true };
}

const eventWords = {
  IN_TRANSIT: "on its way",
  OUT_FOR_DELIVERY: "out for delivery",
  ATTEMPTED_DELIVERY: "back from an attempt to deliver it",
  DELIVERED: "delivered",
  FAILURE: "not delivered",
} as const;

function sayTracking({
  awbNumber,
  courier,
  trackingUrl,
}: {
  awbNumber: string | null;
  courier: string | null;
  trackingUrl: string | null;
}): string {
  if (awbNumber !== null) return `AWB ${awbNumber}${courier === null ? "" : ` by ${courier}`}`;
  return courier === null ? (trackingUrl ?? "without tracking") : `by ${courier}`;
}

function alsoOf({
  refund = false,
  restock,
  notifyCustomer,
}: {
  refund?: boolean;
  restock: boolean;
  notifyCustomer: boolean;
}): string[] {
  return [refund ? "refund it" : "", restock ? "put the units back in stock" : "", tellsOf(notifyCustomer)];
}

function tellsOf(notifyCustomer: boolean): string {
  return notifyCustomer ? "and write to the customer" : "";
}

function joined(...parts: string[]): string {
  return parts.filter((part) => part !== "").join(", ");
}
