import type { OrderFacts } from "#app/erp/facts/order-facts.ts";
import type { OrderStatusResult } from "#app/erp/processor/determine-order-status.ts";
import type { ShippedParcel } from "#app/erp/processor/determine-shipped-quantities.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import type { ReturnPart } from "#app/shopify/codecs/order-parts.ts";
import { orphanedCases, settleCase, type CaseDraft, type CaseLine, type ReturnCase } from "./return-case.ts";

/**
 * Every return and RTO case of an order: what is on its way back, or should be, and how far it is. The same goods stand in
 * one case only: a parcel that comes back first, then Shopify's returns, then the ERP's own, then what was delivered before
 * it was taken back, then refunds that put goods back into Shopify's stock. Only a physical receipt (a fact of the ERP's)
 * makes a case received.
 */
export function openReturnCases(
  order: OrderSnapshot,
  facts: OrderFacts,
  { shipped: { parcels }, unwanted }: Pick<OrderStatusResult, "shipped" | "unwanted">,
  { isHistory }: { isHistory: boolean },
): ReturnCase[] {
  if (parcels.length === 0 && !order.returns?.length && facts.returns.length + facts.cases.size === 0)
    return NONE;
  const drafts: CaseDraft[] = [];
  /** Adds the cases of one kind, each without the units an earlier kind brings back already. */
  const open = (candidates: readonly CaseDraft[]) => {
    const covered = new Map<string, number>();
    for (const { lines } of drafts)
      for (const { lineId, qty } of lines) covered.set(lineId, (covered.get(lineId) ?? 0) + qty);
    for (const draft of candidates) {
      const lines = takeUncovered(draft.lines, covered);
      // What a rule or a carrier opens before the cut-over was somebody else's to follow, and is over.
      if (isHistory && (draft.openedBy === "courier" || draft.openedBy === "rule"))
        Object.assign(draft, { told: "closed", toldAt: draft.openedAt });
      // A return whose goods nobody has told yet is a case all the same.
      if (lines.length > 0 || draft.lines.length === 0) drafts.push({ ...draft, lines });
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
  );
  open(draftsOfDelivered(order, parcels));
  open(draftsOfUnwanted(order, parcels, unwanted));
  if (order.cancelledAt === null) open(draftsOfRefunds(order, parcels, isHistory));
  return [...drafts.map((draft) => settleCase(draft, facts)), ...orphanedCases(drafts, facts)];
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

/** Goods that are out though one side has cancelled them. */
function draftsOfUnwanted(
  order: OrderSnapshot,
  parcels: readonly ShippedParcel[],
  units: ReadonlyMap<string, number>,
): CaseDraft[] {
  const unwanted = new Map(units);
  return parcels.flatMap((parcel) => draftUnwanted(order, parcel, unwanted) ?? []);
}

/** Those in one parcel; `unwanted` is used up line by line. */
function draftUnwanted(
  order: OrderSnapshot,
  parcel: ShippedParcel,
  unwanted: Map<string, number>,
): CaseDraft | null {
  if (unwanted.size === 0 || !parcel.left) return null;
  const lines = (parcel.lines ?? []).flatMap(({ lineId, qty }) => {
    const units = Math.min(qty, unwanted.get(lineId) ?? 0);
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
    id: `${kind}-${parcel.id}`,
    aliases: parcel.aliases.map((id) => `${kind}-${id}`),
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

/** The units of `lines` that are not in `covered`; what is, is used up, so that nothing is covered twice. */
function takeUncovered(lines: readonly CaseLine[], covered: Map<string, number>): CaseLine[] {
  return lines.flatMap(({ lineId, qty }) => {
    const known = covered.get(lineId) ?? 0;
    const already = Math.min(qty, known);
    covered.set(lineId, known - already);
    return qty > already ? [{ lineId, qty: qty - already }] : [];
  });
}
