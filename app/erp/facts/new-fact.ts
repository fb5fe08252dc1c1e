import type { FactRow } from "./read-order-facts.ts";

/** A fact that is to be written: what was done, before who and when. */
export type NewFact = Omit<FactRow, "at" | "details"> & { details: Readonly<Record<string, unknown>> };
