import type { ActionTarget, AllowedAction, Units } from "#app/erp/actions/action-outcome.ts";
import type { OrderActionName } from "#app/erp/actions/order-action.ts";
import type { ErpOrderWithParts } from "#app/erp/orders/erp-order-with-parts.ts";

import { parcelName } from "./order-timeline.ts";

type Parts = Pick<ErpOrderWithParts, "parcels" | "cases" | "holds">;

/** Something that can be done with an order now. */
export type WorkItem = {
  key: string;
  action: OrderActionName;
  target: ActionTarget;
  label: string;
  /** What it is about, where it is not the order: "Parcel AWB1". */
  about: string | null;
  units: readonly Units[];
};

/** Something that cannot be done now. */
export type BarredWork = { key: string; label: string; message: string; next: string };

export type OrderWork = {
  /** The next sensible step; null where nothing is left to do, or a person has to choose. */
  next: WorkItem | null;
  /** Everything that can be done, by what it is about. */
  can: { title: string; items: WorkItem[] }[];
  barred: BarredWork[];
  /** Why nothing at all can be done, where that has one reason. */
  stopped: { message: string; next: string } | null;
};

/** What each action is called on a button. */
export const workLabels: Readonly<Record<OrderActionName, string>> = {
  allocate: "Allocate",
  deallocate: "Put back on the shelf",
  pick: "Pick",
  pack: "Pack",
  unpack: "Unpack",
  relabel: "Label it again",
  hand_over: "Hand over",
  update_tracking: "Change tracking",
  take_back: "Take back: it did not leave",
  deliver: "Mark delivered",
  lose: "Mark lost",
  initiate_rto: "RTO: it comes back",
  receive_rto: "Receive RTO",
  cancel: "Cancel goods",
  open_return: "Open return",
  receive_return: "Receive return",
  close_case: "Settle case",
  confirm_stop_ship: "Confirm: may leave as it is",
  release_hold: "Release hold",
};

/** What an order's actions are to a person: the next step, the others, and why not the rest. */
export function orderWork(actions: readonly AllowedAction[], order: Parts): OrderWork {
  const items = actions.flatMap((one) => (one.ok ? [itemOf(one, order)] : []));
  const barred = actions.flatMap((one): BarredWork[] => {
    if (one.ok) return [];
    const { key, label, about } = itemOf(one, order);
    return [{ key, label: [label, about].filter(Boolean).join(" · "), ...sayRefused(one.refused) }];
  });
  const [first] = barred;
  const isOneReason = first !== undefined && barred.every(({ message }) => message === first.message);
  const titles = [...new Set(items.map(titleOf))];
  return {
    next: nextOf(items, order),
    can: titles.map((title) => ({ title, items: items.filter((item) => titleOf(item) === title) })),
    barred,
    stopped: items.length === 0 && isOneReason ? { message: first.message, next: first.next } : null,
  };
}

function sayRefused({ message, next }: { message: string; next: string }) {
  return { message, next };
}

function titleOf({ about }: WorkItem): string {
  return about ?? "Order";
}

function itemOf(one: AllowedAction, order: Parts): WorkItem {
  const { action, target } = one;
  return {
    key: `${action} ${target === null ? "" : Object.values(target).join("")}`,
    ...{ action, target, label: workLabels[action], about: aboutOf(target, order) },
    units: one.ok ? one.units : [],
  };
}

function aboutOf(target: ActionTarget, { parcels, cases, holds }: Parts): string | null {
  if (target === null) return null;
  if ("parcelId" in target) {
    const parcel = parcels.find(({ id }) => id === target.parcelId);
    return parcelName(parcel ?? { id: target.parcelId, name: null, awbNumber: null });
  }
  if ("caseId" in target) {
    const found = cases.find(({ id }) => id === target.caseId);
    const kind = found?.kind === "rto" ? "RTO" : "Return";
    const parcel = parcels.find(({ id }) => id === found?.parcelId);
    const of = parcel ? parcelName(parcel) : unitsWords(found?.lines ?? []);
    return [kind, found?.name ?? (of && `of ${of}`)].filter(Boolean).join(" ");
  }
  const hold = holds.find(({ kind, key }) => kind === target.hold || key === target.hold);
  return hold === undefined ? "Hold" : `Hold: ${hold.words}`;
}

/** "2 units"; null for none. */
function unitsWords(units: readonly { qty: number }[]): string | null {
  const count = units.reduce((sum, { qty }) => sum + qty, 0);
  return count === 0 ? null : `${String(count)} ${count === 1 ? "unit" : "units"}`;
}

/** What came back and lies about first, then the least advanced goods, then what is on its way. */
function nextOf(items: readonly WorkItem[], order: Parts): WorkItem | null {
  const parcelState = ({ target }: WorkItem) =>
    order.parcels.find(({ id }) => target !== null && "parcelId" in target && id === target.parcelId)?.state;
  const caseState = ({ target }: WorkItem) =>
    order.cases.find(({ id }) => target !== null && "caseId" in target && id === target.caseId)?.state;
  const isStopped = items.some(({ action }) => action === "confirm_stop_ship");
  const isNext: Partial<Record<OrderActionName, (item: WorkItem) => boolean>> = {
    close_case: (item) => caseState(item) === "received",
    allocate: () => true,
    pick: () => true,
    pack: () => true,
    hand_over: () => true,
    relabel: () => isStopped,
    receive_rto: (item) => parcelState(item) === "rto_initiated",
    receive_return: (item) => caseState(item) !== "received",
    deliver: (item) => !["rto_initiated", "rto_received", "lost"].includes(parcelState(item) ?? ""),
  };
  for (const [action, fits] of Object.entries(isNext)) {
    const found = items.find((item) => item.action === action && fits(item));
    if (found) return found;
  }
  return null;
}
