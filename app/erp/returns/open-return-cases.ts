import type { OrderFacts } from "#app/erp/facts/order-facts.ts";
import type { OrderStatusResult } from "#app/erp/processor/determine-order-status.ts";
import type { ShippedParcel } from "#app/erp/processor/determine-shipped-quantities.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import type { ReturnPart } from "#app/shopify/codecs/order-parts.ts";
import { orphanedCases, settleCase, type CaseDraft, type CaseLine, type ReturnCase } from "./return-case.ts";

/**
 * Every return and RTO case of an order: what is on its way back, or should be, and how far it is. No unit that left stands
 * in two cases, and where two tell of the same line they mean the same goods: a parcel that comes back first, then Shopify's
 * returns, then the ERP's own, then what was delivered before it was taken back, then what one side had taken off, then
 * refunds that put goods back into Shopify's stock. Only a physical receipt (a fact of the ERP's) makes a case received.
 */
export function openReturnCases(
  order: OrderSnapshot,
  facts: OrderFacts,
  { shipped: { parcels }, unwanted }: Pick<OrderStatusResult, "shipped" | "unwanted">,
  { isHistory }: { isHistory: boolean },
): ReturnCase[] {
  if (parcels.length === 0 && !order.returns?.length && facts.returns.length + facts.cases.size === 0)
    return NONE;
  const out = new GoodsOut(parcels);
  const drafts: CaseDraft[] = [];
  /** Adds the cases of one kind, each with the units that are still out and in no case yet. */
  const open = (candidates: readonly CaseDraft[], covered = new Map<string, number>()) => {
    for (const draft of candidates) {
      if (drafts.some(({ id }) => id === draft.id)) continue;
      const lines = out.take(takeUncovered(draft.lines, covered));
      // What a rule or a carrier opens before the cut-over was somebody else's to follow, and is over.
      const isOver = isHistory && (draft.openedBy === "courier" || draft.openedBy === "rule");
      // A return whose goods nobody has told yet is a case all the same.
      if (lines.length > 0 || draft.lines.length === 0)
        drafts.push({ ...draft, lines, ...(isOver ? { told: "closed", toldAt: draft.openedAt } : {}) });
    }
  };
  open(parcels.flatMap((parcel) => draftRto(order, parcel) ?? []));
  open(
    (order.returns ?? [])
      .filter(({ status }) => status !== "CANCELED" && status !== "DECLINED")
      .map((one) => draftReturn(order, one, isHistory)),
  );
  open(
    facts.returns.map(({ id, parcelId, reason, openedAt, lines }) => ({
      ...{ id, parcelId, reason, openedAt, lines },
      ...{ kind: "return", name: null, shopifyReturnId: null, openedBy: "erp", told: "initiated" },
    })),
    unitsIn(drafts.filter(({ kind }) => kind === "return")),
  );
  open(draftsOfDelivered(order, parcels));
  open(draftsOfUnwanted(order, parcels, unwanted, drafts));
  // What came back and was sent again can be refunded again.
  if (order.cancelledAt === null)
    open(draftsOfRefunds(order, parcels, isHistory), withoutSentAgain(unitsIn(drafts), order, parcels));
  return [...drafts.map((draft) => settleCase(draft, facts)), ...orphanedCases(drafts, facts)];
}

/** Units that left and are in no case yet, by line: no case brings back what another does, and none more than went out. */
class GoodsOut {
  readonly #left = new Map<string, number>();
  /** Nobody has told what some parcel holds: then what a case says is believed. */
  readonly #isUnsure: boolean;

  constructor(parcels: readonly ShippedParcel[]) {
    const gone = parcels.filter(({ left }) => left);
    this.#isUnsure = gone.length === 0 || gone.some(({ lines }) => lines === null);
    for (const { lines } of gone)
      for (const { lineId, qty } of lines ?? []) this.#left.set(lineId, (this.#left.get(lineId) ?? 0) + qty);
  }

  take(lines: readonly CaseLine[]): CaseLine[] {
    return lines.flatMap(({ lineId, qty }) => {
      const left = this.#left.get(lineId) ?? 0;
      const units = this.#isUnsure ? qty : Math.min(qty, left);
      this.#left.set(lineId, left - units);
      return units > 0 ? [{ lineId, qty: units }] : [];
    });
  }
}

const NONE: ReturnCase[] = [];

/** A parcel that comes back, or has to be asked back, undelivered. */
function draftRto(order: OrderSnapshot, parcel: ShippedParcel): CaseDraft | null {
  const { state, erp, cancelledInShopify, left } = parcel;
  if (!left || state === "delivered") return null;
  const comesBack = state === "rto_initiated" || state === "rto_received" || state === "lost";
  if (!comesBack && !cancelledInShopify && order.cancelledAt === null) return null;
  const byErp = erp?.rtoInitiatedAt ?? erp?.rtoReceivedAt ?? erp?.lostAt ?? null;
  const draft = draftByRule(order, parcel, "rto", parcel.lines ?? []);
  if (!comesBack) return draft;
  return {
    ...draft,
    reason: state === "lost" ? "Lost on the way" : "Not delivered",
    openedBy: byErp === null ? "courier" : "erp",
    openedAt: byErp ?? parcel.newsAt ?? order.createdAt,
    told: state === "rto_received" ? "received" : state === "lost" ? "lost" : "initiated",
    toldAt: erp?.rtoReceivedAt ?? erp?.lostAt ?? null,
  };
}

/** Goods that are out though one side has cancelled them, in parcels that come back for no other reason. */
function draftsOfUnwanted(
  order: OrderSnapshot,
  parcels: readonly ShippedParcel[],
  units: ReadonlyMap<string, number>,
  drafts: readonly CaseDraft[],
): CaseDraft[] {
  if (units.size === 0) return [];
  const unwanted = new Map(units);
  for (const [lineId, qty] of unitsIn(drafts)) unwanted.set(lineId, (unwanted.get(lineId) ?? 0) - qty);
  const comingBack = new Set(drafts.flatMap(({ parcelId }) => parcelId ?? []));
  return parcels.flatMap((parcel) =>
    comingBack.has(parcel.id) ? [] : (draftUnwanted(order, parcel, unwanted) ?? []),
  );
}

/** Those in one parcel; `unwanted` is used up line by line. */
function draftUnwanted(
  order: OrderSnapshot,
  parcel: ShippedParcel,
  unwanted: Map<string, number>,
): CaseDraft | null {
  if (!parcel.left) return null;
  const lines = (parcel.lines ?? []).flatMap(({ lineId, qty }) => {
    const units = Math.max(0, Math.min(qty, unwanted.get(lineId) ?? 0));
    unwanted.set(lineId, (unwanted.get(lineId) ?? 0) - units);
    return units > 0 ? [{ lineId, qty: units }] : [];
  });
  if (lines.length === 0) return null;
  return {
    ...draftByRule(order, parcel, parcel.state === "delivered" ? "return" : "rto", lines),
    reason:
      parcel.origin === "erp"
        ? "Taken off the order in Shopify after hand-over"
        : "Sent by Shopify though cancelled here",
    openedAt: parcel.handedOverAt ?? order.createdAt,
  };
}

/** A return that Shopify follows. */
function draftReturn(order: OrderSnapshot, one: ReturnPart, isHistory: boolean): CaseDraft {
  const closed = isHistory && one.status === "CLOSED";
  return {
    id: `return-${one.id}`,
    kind: "return",
    name: one.name,
    parcelId: null,
    shopifyReturnId: one.id,
    reason: one.lines?.find(({ reason }) => reason !== null)?.reason ?? null,
    openedBy: "shopify",
    lines: one.lines ?? [],
    openedAt: one.createdAt ?? order.createdAt,
    told: one.status === "REQUESTED" ? "requested" : closed ? "closed" : "initiated",
    toldAt: one.closedAt,
  };
}

/** What had arrived before the order or its fulfilment was taken back. */
function draftsOfDelivered(order: OrderSnapshot, parcels: readonly ShippedParcel[]): CaseDraft[] {
  return parcels
    .filter(
      ({ state, left, cancelledInShopify }) =>
        left && state === "delivered" && (cancelledInShopify || order.cancelledAt !== null),
    )
    .map((parcel) => draftByRule(order, parcel, "return", parcel.lines ?? []));
}

function draftByRule(
  order: OrderSnapshot,
  parcel: ShippedParcel,
  kind: ReturnCase["kind"],
  lines: readonly CaseLine[],
): CaseDraft {
  return {
    // Not "return-…": that is what a return of Shopify's is called, and ids of parcels and returns may meet.
    id: caseOfParcel(kind, parcel.id),
    aliases: parcel.aliases.map((id) => caseOfParcel(kind, id)),
    kind,
    name: null,
    parcelId: parcel.id,
    shopifyReturnId: null,
    reason:
      order.cancelledAt === null ? "Fulfilment cancelled after hand-over" : "Order cancelled after hand-over",
    openedBy: "rule",
    lines,
    openedAt: order.cancelledAt ?? parcel.newsAt ?? order.createdAt,
    told: "initiated",
  };
}

function caseOfParcel(kind: ReturnCase["kind"], parcelId: string): string {
  return kind === "rto" ? `rto-${parcelId}` : `parcel-${parcelId}`;
}

/** Refunds that put shipped goods back into Shopify's stock without a return: somebody expects them here. */
function draftsOfRefunds(
  order: OrderSnapshot,
  parcels: readonly ShippedParcel[],
  isHistory: boolean,
): CaseDraft[] {
  if (!parcels.some(({ left }) => left)) return [];
  return order.refunds.flatMap(({ id, returnId, lines, createdAt }): CaseDraft[] => {
    const back = (lines ?? []).filter(
      ({ restockType }) => restockType === "RETURN" || restockType === "LEGACY_RESTOCK",
    );
    if (returnId || back.length === 0) return [];
    return [
      {
        id: `refund-${id}`,
        kind: "return",
        name: null,
        parcelId: null,
        shopifyReturnId: null,
        reason: "Refunded and restocked in Shopify",
        openedBy: "shopify",
        lines: back.map(({ lineId, qty }) => ({ lineId, qty })),
        openedAt: createdAt ?? order.createdAt,
        told: isHistory ? "closed" : "initiated",
        toldAt: createdAt,
      },
    ];
  });
}

function unitsIn(drafts: readonly Pick<CaseDraft, "lines">[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const { lines } of drafts)
    for (const { lineId, qty } of lines) units.set(lineId, (units.get(lineId) ?? 0) + qty);
  return units;
}

/** `units` less those that left more often than the line has units. */
function withoutSentAgain(
  units: Map<string, number>,
  { lines }: OrderSnapshot,
  parcels: readonly ShippedParcel[],
): Map<string, number> {
  const sent = unitsIn(parcels.filter(({ left }) => left).map((one) => ({ lines: one.lines ?? [] })));
  for (const { id, qty } of lines) {
    const again = Math.max(0, (sent.get(id) ?? 0) - qty);
    if (again > 0) units.set(id, Math.max(0, (units.get(id) ?? 0) - again));
  }
  return units;
}

/** The units of `lines` that are not in `covered`; what is, is used up, so that nothing is covered twice. */
function takeUncovered(lines: readonly CaseLine[], covered: Map<string, number>): CaseLine[] {
  return lines.flatMap(({ lineId, qty }) => {
    const known = covered.get(lineId) ?? 0;
    const already = Math.min(qty, known);
    covered.set(lineId, known - already);
    return qty > already ? [{ lineId, qty: qty - already }] : [];
  });
}
