import type { OrderFacts } from "#app/erp/facts/order-facts.ts";

export type CaseState = "requested" | "initiated" | "received" | "restocked" | "damaged" | "lost" | "closed";

export type CaseLine = { lineId: string; qty: number };

export type ReturnCase = {
  /** Follows from what opened it, so that the same case always has the same id. */
  id: string;
  /** `rto`: comes back undelivered; `return`: after delivery. */
  kind: "rto" | "return";
  state: CaseState;
  name: string | null;
  parcelId: string | null;
  shopifyReturnId: string | null;
  reason: string | null;
  /** `rule`: goods that were gone when one side took them back. */
  openedBy: "courier" | "shopify" | "erp" | "rule";
  lines: (CaseLine & { receivedQty: number })[];
  openedAt: string;
  receivedAt: string | null;
  closedAt: string | null;
};

/** A case as Shopify, a carrier or a rule opens it, before the ERP's own facts on it. */
export type CaseDraft = Omit<ReturnCase, "state" | "lines" | "receivedAt" | "closedAt"> & {
  /** Other ids the ERP may have booked on: of the same parcel under another of its names. */
  aliases?: readonly string[];
  lines: readonly CaseLine[];
  told: CaseState;
  toldAt?: string | null;
};

/** The ERP's own facts on the case stand above what anybody told. */
export function settleCase(
  { told, toldAt, lines, aliases, ...draft }: CaseDraft,
  facts: OrderFacts,
): ReturnCase {
  const known = [...new Set([draft.id, ...(aliases ?? [])])].flatMap((id) => facts.cases.get(id) ?? []);
  const outcome = known.find((one) => one.outcome !== null);
  const receivedAt = known.find((one) => one.receivedAt !== null)?.receivedAt ?? null;
  return {
    ...draft,
    state: outcome?.outcome ?? (receivedAt === null ? told : "received"),
    lines: lines.map(({ lineId, qty }) => ({
      ...{ lineId, qty },
      receivedQty: known.reduce((sum, one) => sum + (one.receivedQty.get(lineId) ?? 0), 0),
    })),
    receivedAt: receivedAt ?? (told === "received" ? (toldAt ?? null) : null),
    closedAt: outcome?.closedAt ?? (told === "closed" || told === "lost" ? (toldAt ?? null) : null),
  };
}

/** What the ERP booked on a case that nothing opens any more (Shopify deleted it, a fetch told better): it stays. */
export function orphanedCases(cases: readonly CaseDraft[], facts: OrderFacts): ReturnCase[] {
  const named = new Set(cases.flatMap(({ id, aliases }) => [id, ...(aliases ?? [])]));
  return [...facts.cases].flatMap(([id, own]): ReturnCase[] => {
    if (named.has(id)) return [];
    const lines = [...own.receivedQty].map(([lineId, qty]) => ({ lineId, qty }));
    const draft: CaseDraft = {
      ...{ id, kind: id.startsWith("rto-") ? "rto" : "return", name: null, parcelId: null },
      ...{
        shopifyReturnId: null,
        reason: "Booked here; nothing asks for it any more",
        openedBy: "erp",
        lines,
      },
      ...{ openedAt: own.receivedAt ?? own.closedAt ?? "1970-01-01T00:00:00.000Z", told: "initiated" },
    };
    return [settleCase(draft, facts)];
  });
}
