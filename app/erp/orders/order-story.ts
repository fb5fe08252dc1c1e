/** Decisions on an order, as the audit log names them, that leave no fact of the ERP's. */
export const orderDecisions = ["order.fetch", "outbox.send_again", "outbox.drop", "outbox.booked"] as const;

/** What is known of when something was done with or said of an order; times are ISO. */
export type OrderStory = {
  /** What the ERP did, and what people said. */
  facts: {
    kind: string;
    lineId: string | null;
    parcelId: string | null;
    qty: number | null;
    /** In words of whoever did it: a reason, an outcome, an amount. */
    words: string | null;
    actor: string;
    at: string;
  }[];
  /** Payloads of Shopify's, those that were replaced too. */
  payloads: {
    source: string;
    shape: string;
    shopifyUpdatedAt: string | null;
    receivedAt: string;
    /** It tells of a change that we made ourselves: Shopify gave the order this very time when it took it. */
    ours?: boolean;
  }[];
  /** Decisions on the order that stand in the audit log and are no facts. */
  decisions: { action: (typeof orderDecisions)[number]; actor: string; at: string }[];
};
