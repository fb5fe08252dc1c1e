import type { ProofView } from "./proof-view.ts";

/** An order that a day's proof found, as it stands now; plain data that survives JSON. */
export type ProvenOrderView = {
  id: string;
  number: string | null;
  /** Decimals in their currency; null where that side does not know the order. */
  shopify: { total: string; currency: string } | null;
  erp: { total: string; currency: string; status: string } | null;
  entry: { status: "pending" | "processed" | "failed" | "quarantined"; error: string | null } | null;
  /** Why it is to be fetched from Shopify, and why the last try did not succeed. */
  wish: { reason: string; error: string | null } | null;
};

export const provenLists = ["missing", "differing", "held", "pending", "failed"] as const;
export type ProvenList = (typeof provenLists)[number];

/** The page of one day's proof. */
export type ProofDayView = {
  proof: ProofView;
  previousDay: string;
  /** Null for yesterday: a day that is not over proves nothing. */
  nextDay: string | null;
  /** How many there are, and the first of them. */
  orders: Record<ProvenList, { count: number; orders: ProvenOrderView[] }>;
};
