import type { OrderFacts } from "#app/erp/facts/order-facts.ts";
import type { OrderStatusResult } from "#app/erp/processor/determine-order-status.ts";
import type { ShippedParcel } from "#app/erp/processor/determine-shipped-quantities.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import type { ReturnPart } from "#app/shopify/codecs/order-parts.ts";

export type CaseState = "requested" | "initiated" | "received" | "restocked" | "damaged" | "lost" | "closed";

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
  /** `rule`: goods that were gone when Shopify took the order or the fulfilment back. */
  openedBy: "courier" | "shopify" | "erp" | "rule";
  lines: { lineId: string; qty: number; receivedQty: number }[];
  openedAt: string;
  receivedAt: string | null;
  closedAt: string | null;
};

type Draft = Omit<ReturnCase, "state" | "lines" | "receivedAt" | "closedAt"> & {
  lines: readonly { lineId: string; qty: number }[];
  /** How Shopify or the carrier says it stands, before the ERP's own facts. */
  told: CaseState;
  toldAt?: string | null;
};

/**
 * Every return and RTO case of an order: what is on its way back, or should be, and how far it is. The same goods stand in
 * one case only: a parcel that comes back first, then Shopify's returns, then what was delivered of a cancelled order, then
 * refunds that put goods back into Shopify's stock. Only a physical receipt (a fact of the ERP's) makes a case received.
 */
export function openReturnCases(
  order: OrderSnapshot,
  facts: OrderFacts,
  { shipped: { parcels }, sentThoughCancelled }: Pick<OrderStatusResult, "shipped" | "sentThoughCancelled">,
  { isHistory }: { isHistory: boolean },
): ReturnCase[] {
  if (parcels.length === 0 && !order.returns?.length && facts.returns.length === 0) return NONE;
  const drafts: Draft[] = [];
  // Units that a case of its own brings back already, by line.
  const covered = new Map<string, number>();
  const open = (draft: Draft) => {
    drafts.push(draft);
    for (const { lineId, qty } of draft.lines) covered.set(lineId, (covered.get(lineId) ?? 0) + qty);
  };
  const unwanted = new Map(sentThoughCancelled);
  for (const parcel of parcels) {
    const draft = draftRto(order, parcel) ?? draftUnwanted(order, parcel, unwanted);
    if (draft) open(draft);
  }
  for (const one of order.returns ?? [])
    if (one.status !== "CANCELED" && one.status !== "DECLINED") open(draftReturn(order, one, isHistory));
  for (const { id, parcelId, reason, openedAt, lines } of facts.returns)
    open({
      ...{ id, parcelId, reason, openedAt, lines },
      ...{ kind: "return", name: null, shopifyReturnId: null, openedBy: "erp", told: "initiated" },
    });
  drafts.push(
    ...(order.cancelledAt === null
      ? draftsOfRefunds(order, parcels, covered, isHistory)
      : draftsOfCancelled(order, parcels, covered)),
  );
  return drafts.map((draft) => settle(draft, facts));
}

const NONE: ReturnCase[] = [];

/** A parcel that comes back, or has to be asked back, undelivered. */
function draftRto(order: OrderSnapshot, parcel: ShippedParcel): Draft | null {
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
    openedAt: byErp ?? parcel.newsAt ?? order.updatedAt,
    told: state === "rto_received" ? "received" : state === "lost" ? "lost" : "initiated",
    toldAt: erp?.rtoReceivedAt ?? erp?.lostAt ?? null,
  };
}

/** Goods in a parcel of Shopify's that the ERP had cancelled; `unwanted` is used up line by line. */
function draftUnwanted(
  order: OrderSnapshot,
  parcel: ShippedParcel,
  unwanted: Map<string, number>,
): Draft | null {
  if (unwanted.size === 0 || !parcel.left || parcel.origin === "erp") return null;
  const lines = (parcel.lines ?? []).flatMap(({ lineId, qty }) => {
    const units = Math.min(qty, unwanted.get(lineId) ?? 0);
    unwanted.set(lineId, (unwanted.get(lineId) ?? 0) - units);
    return units > 0 ? [{ lineId, qty: units }] : [];
  });
  if (lines.length === 0) return null;
  return {
    ...draftByRule(order, parcel, parcel.state === "delivered" ? "return" : "rto", lines),
    reason: "Sent by Shopify though cancelled here",
    openedAt: parcel.handedOverAt ?? order.updatedAt,
  };
}

/** A return that Shopify follows. */
function draftReturn(order: OrderSnapshot, one: ReturnPart, isHistory: boolean): Draft {
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
    openedAt: one.createdAt ?? order.updatedAt,
    told: one.status === "REQUESTED" ? "requested" : closed ? "closed" : "initiated",
    toldAt: one.closedAt,
  };
}

/** What a cancelled order had delivered already. */
function draftsOfCancelled(
  order: OrderSnapshot,
  parcels: readonly ShippedParcel[],
  covered: Map<string, number>,
): Draft[] {
  return parcels.flatMap((parcel) => {
    if (parcel.state !== "delivered") return [];
    const lines = takeUncovered(parcel.lines ?? [], covered);
    return lines.length === 0 ? [] : [draftByRule(order, parcel, "return", lines)];
  });
}

function draftByRule(
  order: OrderSnapshot,
  parcel: ShippedParcel,
  kind: ReturnCase["kind"],
  lines: Draft["lines"],
): Draft {
  return {
    id: `${kind}-${parcel.id}`,
    kind,
    name: null,
    parcelId: parcel.id,
    shopifyReturnId: null,
    reason:
      order.cancelledAt === null ? "Fulfilment cancelled after hand-over" : "Order cancelled after hand-over",
    openedBy: "rule",
    lines,
    openedAt: order.cancelledAt ?? parcel.newsAt ?? order.updatedAt,
    told: "initiated",
  };
}

/** Refunds that put shipped goods back into Shopify's stock without a return: somebody expects them here. */
function draftsOfRefunds(
  order: OrderSnapshot,
  parcels: readonly ShippedParcel[],
  covered: Map<string, number>,
  isHistory: boolean,
): Draft[] {
  if (!parcels.some(({ left }) => left)) return [];
  return order.refunds.flatMap(({ id, returnId, lines, createdAt }): Draft[] => {
    if (returnId || lines === undefined) return [];
    const back = takeUncovered(
      lines.filter(({ restockType }) => restockType === "RETURN" || restockType === "LEGACY_RESTOCK"),
      covered,
    );
    if (back.length === 0) return [];
    const draft: Draft = {
      id: `refund-${id}`,
      kind: "return",
      name: null,
      parcelId: null,
      shopifyReturnId: null,
      reason: "Refunded and restocked in Shopify",
      openedBy: "shopify",
      lines: back,
      openedAt: createdAt ?? order.updatedAt,
      told: isHistory ? "closed" : "initiated",
      toldAt: createdAt,
    };
    return [draft];
  });
}

/** The units of `lines` that no case brings back yet; what one does is used up, so that nothing is covered twice. */
function takeUncovered(
  lines: readonly { lineId: string; qty: number }[],
  covered: Map<string, number>,
): { lineId: string; qty: number }[] {
  return lines.flatMap(({ lineId, qty }) => {
    const known = covered.get(lineId) ?? 0;
    const already = Math.min(qty, known);
    covered.set(lineId, known - already);
    return qty > already ? [{ lineId, qty: qty - already }] : [];
  });
}

/** The ERP's own facts on the case stand above what anybody told. */
function settle({ told, toldAt, lines, ...draft }: Draft, facts: OrderFacts): ReturnCase {
  const own = facts.cases.get(draft.id);
  const state = own?.outcome ?? (own?.receivedAt ? "received" : told);
  return {
    ...draft,
    state,
    lines: lines.map(({ lineId, qty }) => ({ lineId, qty, receivedQty: own?.receivedQty.get(lineId) ?? 0 })),
    receivedAt: own?.receivedAt ?? (told === "received" ? (toldAt ?? null) : null),
    closedAt: own?.closedAt ?? (told === "closed" || told === "lost" ? (toldAt ?? null) : null),
  };
}
