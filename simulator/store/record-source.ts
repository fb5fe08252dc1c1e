import type { OrderDraft } from "./order-draft.ts";
import type { SimNode } from "./types.ts";

/** One root collection before any change: a function of the seed, or what a data file said. */
export type RootSource = {
  /** The GraphQL type of its records. */
  type: string;
  count: () => number;
  at: (index: number) => SimNode;
  timeAt: (index: number, field: "createdAt" | "updatedAt") => string | null;
  /** -1 = no record of this collection has this gid. */
  indexOf: (gid: string) => number;
};

/** A store before any change. Relations between its records go through `find`, so that changes show. */
export type RecordSource = {
  domain: string;
  shop: SimNode;
  roots: ReadonlyMap<string, RootSource>;
  /** The root record a child (line item, parcel, address…) belongs to. */
  parentOf: (gid: string) => { rootField: string; index: number } | null;
  /** Records of no collection (apps). */
  other: (gid: string) => SimNode | null;
  /** The facts of order `index`, a copy each time; null = it is written in a way that no act can follow. */
  draftOf: (index: number) => OrderDraft | null;
  /** Whether records may say other things than follow from their drafts: those of a data file. */
  isVerbatim: boolean;
  /** The highest number in the name of an order. */
  lastOrderNumber: number;
};

export type Find = (gid: string) => SimNode | null;
