/** What Shopify has of an order now, as far as the plans of what is sent ask. Ids are Shopify's numbers as text; times ISO. */

export type Units = { lineId: string; qty: number };

export type TrackingNow = { company: string | null; number: string | null; url: string | null };

export type FulfillmentNow = {
  id: string;
  /** "#1042-F1". */
  name: string;
  /** SUCCESS, CANCELLED, OPEN, PENDING, ERROR, FAILURE. */
  status: string;
  displayStatus: string | null;
  createdAt: string;
  updatedAt: string;
  tracking: TrackingNow[];
  lines: Units[];
  /** `createdAt`: when Shopify was told. */
  events: { status: string; happenedAt: string; createdAt: string }[];
};

export type FulfillmentOrderNow = {
  id: string;
  /** OPEN, IN_PROGRESS, ON_HOLD, SCHEDULED, INCOMPLETE, CLOSED, CANCELLED. */
  status: string;
  /** Shopify lets this app fulfil it. */
  canFulfil: boolean;
  canMove: boolean;
  /** Why it is held, in Shopify's words. */
  holds: string[];
  /** When a scheduled one is due. */
  fulfillAt: string | null;
  location: { id: string | null; name: string };
  /** `id`: the fulfilment order's own line. */
  lines: { id: string; lineId: string; remaining: number }[];
};

export type OrderNow = {
  id: string;
  name: string;
  updatedAt: string;
  cancelledAt: string | null;
  /** What is still to be paid, decimal in the customer's currency. */
  outstanding: { amount: string; currency: string };
  canMarkAsPaid: boolean;
  /** Only where the plan asks for them, like the lists below. */
  lines: { id: string; current: number; unfulfilled: number }[];
  /** Money that came, decimal in the customer's currency; `byHand`: somebody said so, no gateway did. */
  payments: { id: string; amount: string; byHand: boolean; createdAt: string }[];
  fulfillments: FulfillmentNow[];
  fulfillmentOrders: FulfillmentOrderNow[];
};

/** Fulfilments that put something on the road. */
export function isLiveNow({ status }: FulfillmentNow): boolean {
  return !["CANCELLED", "ERROR", "FAILURE"].includes(status);
}

/** Whether units of a fulfilment order can be fulfilled as it stands. */
export function isSendable({
  status,
  canFulfil,
}: Pick<FulfillmentOrderNow, "status" | "canFulfil">): boolean {
  return ["OPEN", "IN_PROGRESS"].includes(status) && canFulfil;
}
