import type { WriteBackKind } from "./home-view.ts";
import type { PageAnswer } from "./page-answer.ts";

/** One kind of write-back as it stands. */
export type KindView = {
  kind: WriteBackKind;
  on: boolean;
  /** How many wait; of moving, how many parcels name the location they left from. */
  waiting: number;
  /** Shopify's permission that it lacks. */
  missingScope: string | null;
};

/** What a kind would send, as it is shown to a person; by its id it can be switched on for an hour. */
export type SeenPreview = {
  id: string;
  kind: WriteBackKind;
  waiting: number;
  /** Of those, how many give money back, and how many make Shopify write to the customer. */
  refunds: number;
  messages: number;
  /** The oldest. */
  examples: { id: string; orderId: string; words: string; refunds: boolean; notifies: boolean }[];
  missingScope: string | null;
};

export type WriteBackAnswer = PageAnswer & { preview?: SeenPreview };

/** Where what waits of a kind is listed. */
export function waitingPath(kind: WriteBackKind): string {
  const listed = kind === "fulfillmentOrderMove" ? "fulfillmentCreate" : kind;
  return `/app/outbox?kind=${listed}&status=waiting`;
}
