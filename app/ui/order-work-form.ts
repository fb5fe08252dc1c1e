import type { OrderActionName } from "#app/erp/actions/order-action.ts";

import type { WorkItem } from "./order-work.ts";

/** What can be asked for. */
export type WorkField =
  | "lines"
  | "whole"
  | "tracking"
  | "location"
  | "notify"
  | "cancelReason"
  | "restock"
  | "refund"
  | "note"
  | "reason"
  | "outcome"
  | "place";

/** How an action is asked about before it is done; null where one click says all there is to say. */
export type WorkQuestion = {
  /** What happens, in words. */
  words: string;
  /** What the button says. */
  save: string;
  fields: readonly WorkField[];
  isDestructive?: boolean;
};

/** By action: what has to be known before it is done. */
export const workQuestions: Readonly<Record<OrderActionName, WorkQuestion | null>> = {
  allocate: { words: "Reserves goods for this order.", save: "Allocate", fields: ["lines"] },
  deallocate: {
    words: "The goods go back on the shelf and are free for other orders.",
    save: "Put back",
    fields: ["lines"],
  },
  pick: { words: "The goods are in hand for this order.", save: "Pick", fields: ["lines"] },
  pack: { words: "The goods are in a box, with a label on it.", save: "Pack", fields: ["lines"] },
  unpack: { words: "The goods come out of the box again.", save: "Unpack", fields: ["lines"] },
  relabel: null,
  hand_over: {
    words: "One parcel leaves with what is in it. Do it once for each parcel.",
    save: "Hand over",
    fields: ["lines", "tracking", "location", "notify"],
  },
  update_tracking: {
    words: "The parcel's number, courier and link from now on.",
    save: "Save tracking",
    fields: ["tracking", "notify"],
  },
  take_back: {
    words:
      "The parcel never left the house: its goods are packed and here again, and its fulfilment is cancelled.",
    save: "Take it back",
    fields: [],
    isDestructive: true,
  },
  deliver: null,
  lose: {
    words:
      "The courier has lost the parcel: it collects nothing. Should it turn up, receive it or mark it delivered then.",
    save: "Mark lost",
    fields: [],
    isDestructive: true,
  },
  initiate_rto: {
    words: "The parcel was not delivered and is on its way back. It collects nothing any more.",
    save: "Start RTO",
    fields: ["reason"],
  },
  receive_rto: {
    words: "The parcel is back in the house. What becomes of its goods is said when the case is settled.",
    save: "Receive it",
    fields: [],
  },
  cancel: {
    words: "What is cancelled is never sent. It cannot be taken back here.",
    save: "Cancel these goods",
    fields: ["whole", "lines", "cancelReason", "note", "restock", "refund", "notify"],
    isDestructive: true,
  },
  open_return: {
    words: "The customer sends these goods back. Stock does not change before they are here.",
    save: "Open return",
    fields: ["lines", "reason"],
  },
  receive_return: { words: "These goods are here again.", save: "Receive", fields: ["lines"] },
  close_case: {
    words:
      "Restocked goods can be sold again: they are added to the ERP's stock. Goods written off add nothing.",
    save: "Settle",
    fields: ["outcome", "place"],
  },
  confirm_stop_ship: {
    words: "You have seen what has changed since it was packed, and the parcel may leave as it is.",
    save: "It may leave",
    fields: [],
  },
  release_hold: {
    words: "The order may be worked on although this stands against it.",
    save: "Release the hold",
    fields: [],
  },
};

/** What was typed and chosen. Every switch that reaches somebody outside is off until a person turns it on. */
export type WorkForm = {
  isWhole: boolean;
  /** By line id, as typed. */
  quantities: Readonly<Record<string, string>>;
  awbNumber: string;
  courier: string;
  trackingUrl: string;
  /** Empty: where Shopify has assigned it; of goods that came back, where their parcel left from. */
  locationId: string;
  cancelReason: string;
  note: string;
  reason: string;
  outcome: string;
  restock: boolean;
  refund: boolean;
  notify: boolean;
};

/** All that can be, and nothing that reaches anybody outside. */
export function emptyWorkForm(
  { units }: Pick<WorkItem, "units">,
  known: { awbNumber?: string | null; courier?: string | null; trackingUrl?: string | null } = {},
): WorkForm {
  return {
    ...{ isWhole: true, restock: false, refund: false, notify: false },
    quantities: Object.fromEntries(units.map(({ lineId, qty }) => [lineId, String(qty)])),
    ...{
      awbNumber: known.awbNumber ?? "",
      courier: known.courier ?? "",
      trackingUrl: known.trackingUrl ?? "",
    },
    ...{ locationId: "", cancelReason: "CUSTOMER", note: "", reason: "", outcome: "restocked" },
  };
}

/** What is wrong with a form, by field (a line's id for its quantity); empty when it can be sent. */
export function workProblems(
  { action, units }: Pick<WorkItem, "action" | "units">,
  form: WorkForm,
): Record<string, string> {
  const asks = (field: WorkField) => workQuestions[action]?.fields.includes(field) ?? false;
  const problems: Record<string, string> = {};
  if (asks("lines") && !(asks("whole") && form.isWhole)) {
    for (const { lineId, qty } of units)
      if (!/^\d{1,9}$/.test(typedQty(form, lineId)) || Number(typedQty(form, lineId)) > qty)
        problems[lineId] = `A whole number from 0 to ${String(qty)}`;
    const isNone = units.every(({ lineId }) => Number(typedQty(form, lineId)) === 0);
    const [first] = units;
    if (isNone && first) problems[first.lineId] = "At least one unit of something";
  }
  if (asks("tracking") && form.trackingUrl.trim() !== "" && !isLink(form.trackingUrl.trim()))
    problems["trackingUrl"] = "A link that begins with https://";
  if (
    action === "update_tracking" &&
    [form.awbNumber, form.courier, form.trackingUrl].every((one) => one.trim() === "")
  )
    problems["awbNumber"] = "Give at least one of AWB, courier and link";
  return problems;
}

/** An empty field is none. */
function typedQty({ quantities }: WorkForm, lineId: string): string {
  return quantities[lineId]?.trim() || "0";
}

function isLink(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);
}

/** The action as the server takes it; only for a form without problems. */
export function workAction(
  { action, target, units }: Pick<WorkItem, "action" | "target" | "units">,
  form: WorkForm,
): Record<string, unknown> {
  const asks = (field: WorkField) => workQuestions[action]?.fields.includes(field) ?? false;
  const isWhole = asks("whole") && form.isWhole;
  const said = (name: keyof WorkForm, text: string) => (text.trim() === "" ? {} : { [name]: text.trim() });
  return {
    ...{ action, ...target },
    ...(asks("lines") && !isWhole ? { lines: linesOf(units, form) } : {}),
    ...(asks("tracking")
      ? {
          ...said("awbNumber", form.awbNumber),
          ...said("courier", form.courier),
          ...said("trackingUrl", form.trackingUrl),
        }
      : {}),
    ...(asks("location") ? said("locationId", form.locationId) : {}),
    ...(asks("notify") ? { notifyCustomer: form.notify } : {}),
    ...(asks("cancelReason") ? { reason: form.cancelReason } : {}),
    ...(asks("note") ? said("note", form.note) : {}),
    ...(asks("reason") ? said("reason", form.reason) : {}),
    ...(asks("restock") ? { restock: form.restock } : {}),
    ...(asks("refund") ? { refund: isWhole && form.refund } : {}),
    ...(asks("outcome") ? { outcome: form.outcome } : {}),
    ...(asks("place") && form.outcome === "restocked" ? said("locationId", form.locationId) : {}),
  };
}

function linesOf(units: WorkItem["units"], form: WorkForm) {
  return units
    .map(({ lineId }) => ({ lineId, qty: Number(typedQty(form, lineId)) }))
    .filter(({ qty }) => qty > 0);
}

/** What of it reaches the customer, in words. */
export function reachesCustomer(action: OrderActionName, form: WorkForm): string {
  const sent = [
    ...(form.notify ? [notices[action] ?? "a message from Shopify"] : []),
    ...(action === "cancel" && form.isWhole && form.refund ? ["the money, by the way it was paid"] : []),
  ];
  return sent.length === 0
    ? "Nothing reaches the customer: no message, no money."
    : `The customer gets ${sent.join(" and ")}.`;
}

const notices: Partial<Record<OrderActionName, string>> = {
  hand_over: "Shopify's message that the parcel is on its way",
  update_tracking: "Shopify's message with the new tracking",
  cancel: "Shopify's message that it is cancelled",
};
