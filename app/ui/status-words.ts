import type { BulkStatus } from "#app/shopify/bulk/bulk-operation.ts";
import type { CaseState } from "#app/erp/returns/return-case.ts";
import type { CustomerRecord } from "#app/erp/customers/customer-list-row.ts";
import type { EntryStatus } from "#app/cache/entry-status.ts";
import type { IntentStanding } from "#app/outbox/intent-standing.ts";
import type { LineStatus } from "#app/erp/processor/determine-line-quantities.ts";
import type { OrderStatus } from "#app/erp/processor/determine-order-status.ts";
import type { ParcelState } from "#app/erp/parcels/parcel-state.ts";
import type { RemittanceStatus } from "#app/erp/actions/remittance.ts";
import type { StockSkip } from "#app/erp/inventory/stock-compare-row.ts";
import type { StockView } from "#app/erp/inventory/stock-item.ts";
import type { StockWish } from "#app/outbox/stock-wish.ts";

/**
 * How a status looks. A tone means one thing on every page:
 * success = as it should end; info = on its way; attention = waits for somebody; warning = out of the ordinary, look at it;
 * critical = failed; none = over, or nothing to say. The words alone say it too: nobody has to tell colours apart.
 */
export type StatusWords = {
  words: string;
  tone?: "success" | "info" | "attention" | "warning" | "critical";
  progress?: "incomplete" | "partiallyComplete" | "complete";
};

const order: Record<OrderStatus, StatusWords> = {
  open: { words: "Open", tone: "info", progress: "incomplete" },
  on_hold: { words: "On hold", tone: "attention", progress: "incomplete" },
  partially_shipped: { words: "Partially shipped", tone: "info", progress: "partiallyComplete" },
  shipped: { words: "Shipped", tone: "info", progress: "partiallyComplete" },
  partially_delivered: { words: "Partially delivered", tone: "info", progress: "partiallyComplete" },
  delivered: { words: "Delivered", tone: "success", progress: "complete" },
  cancelled: { words: "Cancelled" },
  rto: { words: "RTO", tone: "warning" },
  partially_returned: { words: "Partially returned", tone: "warning" },
  returned: { words: "Returned", tone: "warning" },
};

const line: Record<LineStatus, StatusWords> = {
  pending: { words: "Pending", tone: "info", progress: "incomplete" },
  allocated: { words: "Allocated", tone: "info", progress: "incomplete" },
  picked: { words: "Picked", tone: "info", progress: "partiallyComplete" },
  packed: { words: "Packed", tone: "info", progress: "partiallyComplete" },
  shipped: { words: "Shipped", tone: "info", progress: "partiallyComplete" },
  delivered: { words: "Delivered", tone: "success", progress: "complete" },
  cancelled: { words: "Cancelled" },
  rto: { words: "RTO", tone: "warning" },
  returned: { words: "Returned", tone: "warning" },
};

const parcel: Record<ParcelState, StatusWords> = {
  created: { words: "Created", tone: "info", progress: "incomplete" },
  handed_over: { words: "Handed over", tone: "info", progress: "partiallyComplete" },
  in_transit: { words: "In transit", tone: "info", progress: "partiallyComplete" },
  out_for_delivery: { words: "Out for delivery", tone: "info", progress: "partiallyComplete" },
  delivered: { words: "Delivered", tone: "success", progress: "complete" },
  delivery_unknown: { words: "Delivery unknown", tone: "warning" },
  rto_initiated: { words: "RTO on its way back", tone: "warning" },
  rto_received: { words: "RTO received", tone: "warning" },
  lost: { words: "Lost", tone: "critical" },
  cancelled: { words: "Cancelled" },
};

const returnCase: Record<CaseState, StatusWords> = {
  requested: { words: "Requested", tone: "attention" },
  initiated: { words: "On its way back", tone: "info" },
  received: { words: "Received", tone: "attention" },
  restocked: { words: "Restocked", tone: "success" },
  damaged: { words: "Damaged", tone: "warning" },
  lost: { words: "Lost", tone: "critical" },
  closed: { words: "Closed" },
};

const remittance: Record<RemittanceStatus, StatusWords> = {
  booked: { words: "Booked", tone: "success" },
  open: { words: "Waits for a person", tone: "attention" },
  accepted: { words: "Booked by a person", tone: "success" },
  dismissed: { words: "Dismissed" },
};

/** What was wished in Shopify; of what waits, what it waits for. */
const outbox: Record<IntentStanding, StatusWords> = {
  off: { words: "Waits until switched on", progress: "incomplete" },
  not_granted: { words: "Permission missing", tone: "attention", progress: "incomplete" },
  behind: { words: "Waits its turn", tone: "info", progress: "incomplete" },
  due: { words: "About to be sent", tone: "info", progress: "incomplete" },
  sending: { words: "Being sent", tone: "info", progress: "partiallyComplete" },
  again: { words: "Tried again later", tone: "warning", progress: "partiallyComplete" },
  sent: { words: "Sent", tone: "success", progress: "complete" },
  already: { words: "Shopify had it already", tone: "success", progress: "complete" },
  conflict: { words: "Needs your decision", tone: "attention" },
  refused: { words: "Refused by Shopify", tone: "critical" },
  dropped: { words: "Not to be sent" },
};

const entry: Record<EntryStatus, StatusWords> = {
  pending: { words: "Pending", tone: "info", progress: "incomplete" },
  processed: { words: "Processed", tone: "success", progress: "complete" },
  failed: { words: "Failed, tried again", tone: "critical" },
  quarantined: { words: "Failed, waits for a person", tone: "critical" },
};

const job: Record<string, StatusWords> = {
  pending: { words: "Waiting", tone: "info", progress: "incomplete" },
  running: { words: "Running", tone: "info", progress: "partiallyComplete" },
  paused: { words: "Paused", tone: "attention" },
  completed: { words: "Completed", tone: "success", progress: "complete" },
  failed: { words: "Failed", tone: "critical" },
  cancelled: { words: "Cancelled" },
};

const delivery: Record<string, StatusWords> = {
  stored: { words: "Stored", tone: "success", progress: "complete" },
  known: { words: "Known already" },
  superseded: { words: "Older than what is here" },
  news: { words: "News", tone: "info" },
  waiting: { words: "Waits for the worker", tone: "info", progress: "incomplete" },
  handled: { words: "Handled", tone: "success", progress: "complete" },
  noted: { words: "Noted" },
  failed: { words: "Failed", tone: "critical" },
  redacted: { words: "Of somebody forgotten" },
};

const payment: Record<"COD" | "Prepaid", StatusWords> = {
  COD: { words: "COD", tone: "attention" },
  Prepaid: { words: "Prepaid", tone: "success" },
};

/** Shopify's word for how far an order is paid. */
const financial: Record<string, StatusWords> = {
  PENDING: { words: "Payment pending", tone: "attention", progress: "incomplete" },
  AUTHORIZED: { words: "Authorized", tone: "attention", progress: "incomplete" },
  PARTIALLY_PAID: { words: "Partially paid", tone: "attention", progress: "partiallyComplete" },
  PAID: { words: "Paid", tone: "success", progress: "complete" },
  PARTIALLY_REFUNDED: { words: "Partially refunded", tone: "warning" },
  REFUNDED: { words: "Refunded" },
  VOIDED: { words: "Voided" },
  EXPIRED: { words: "Expired", tone: "warning" },
};

const transaction: Record<string, StatusWords> = {
  SUCCESS: { words: "Succeeded", tone: "success", progress: "complete" },
  PENDING: { words: "Pending", tone: "info", progress: "incomplete" },
  AWAITING_RESPONSE: { words: "Awaiting response", tone: "info", progress: "incomplete" },
  FAILURE: { words: "Failed", tone: "critical" },
  ERROR: { words: "Failed", tone: "critical" },
  UNKNOWN: { words: "Unknown", tone: "warning" },
};

/** Shopify's words for a product. */
const product: Record<string, StatusWords> = {
  ACTIVE: { words: "Active", tone: "success", progress: "complete" },
  DRAFT: { words: "Draft", tone: "info", progress: "incomplete" },
  UNLISTED: { words: "Unlisted", tone: "info" },
  ARCHIVED: { words: "Archived" },
};

/** What is to be known of a product or SKU of the ERP's. */
const catalogue: Record<
  "archived" | "placeholder" | "bundle" | "untracked" | "problem" | "deleted",
  StatusWords
> = {
  archived: { words: "Archived" },
  placeholder: { words: "Placeholder", tone: "attention" },
  bundle: { words: "Bundle", tone: "info" },
  untracked: { words: "Stock not tracked" },
  problem: { words: "Has a problem", tone: "warning" },
  deleted: { words: "Deleted in Shopify", tone: "warning" },
};

const customer: Record<CustomerRecord, StatusWords> = {
  current: { words: "Current", tone: "success" },
  archived: { words: "Archived" },
  merged: { words: "Merged" },
  redacted: { words: "Redacted", tone: "warning" },
};

const stock: Record<StockView, StatusWords> = {
  unmatched: { words: "Not matched to a SKU", tone: "attention" },
  out: { words: "Out of stock", tone: "attention" },
  negative: { words: "Negative", tone: "warning" },
  gone: { words: "Gone at location" },
};

/** Why a stock level is not sent to Shopify, how far its sending is, and what makes the ERP's number doubtful. */
const stockCompare: Record<StockSkip | StockWish | "ordered_since", StatusWords> = {
  waiting: { words: "Waits to be sent", tone: "info", progress: "incomplete" },
  conflict: { words: "Waits for your answer", tone: "attention" },
  archived: { words: "Archived" },
  bundle: { words: "Bundle" },
  untracked: { words: "Not tracked" },
  not_stocked: { words: "Not stocked there", tone: "attention" },
  nothing_said: { words: "ERP says nothing" },
  ordered_since: { words: "Ordered since", tone: "warning" },
};

/** A bulk operation at Shopify, as Shopify names it. */
const operation: Record<BulkStatus, StatusWords> = {
  CREATED: { words: "Created", tone: "info", progress: "incomplete" },
  RUNNING: { words: "Running at Shopify", tone: "info", progress: "partiallyComplete" },
  COMPLETED: { words: "Completed", tone: "success", progress: "complete" },
  FAILED: { words: "Failed", tone: "critical" },
  CANCELING: { words: "Cancelling", tone: "attention" },
  CANCELED: { words: "Cancelled" },
  EXPIRED: { words: "Expired", tone: "warning" },
};

/** A line of a job's log. */
const level: Record<string, StatusWords> = {
  info: { words: "Step" },
  warn: { words: "Warning", tone: "warning" },
  error: { words: "Error", tone: "critical" },
};

/** The schedule, and what may be written to Shopify. */
const toggle: Record<"on" | "off", StatusWords> = {
  on: { words: "On", tone: "success" },
  off: { words: "Off" },
};

/** What of a change reaches the customer. */
const reaches: Record<"refund" | "message", StatusWords> = {
  refund: { words: "Gives money back", tone: "warning" },
  message: { words: "Writes to the customer", tone: "warning" },
};

/** The app's access to the shop. */
const connection: Record<"connected" | "ended" | "absent", StatusWords> = {
  connected: { words: "Connected", tone: "success" },
  ended: { words: "Access ended", tone: "critical" },
  absent: { words: "Not connected", tone: "critical" },
};

/** Every status the pages show, by what it is a status of. */
export const statusWords = {
  order,
  line,
  parcel,
  returnCase,
  entry,
  job,
  delivery,
  payment,
  financial,
  remittance,
  outbox,
  transaction,
  product,
  catalogue,
  customer,
  stock,
  stockCompare,
  operation,
  level,
  toggle,
  reaches,
  connection,
} as const;
export type StatusOf = keyof typeof statusWords;

/** The look of a status. One that this version does not know is shown as it is written. */
export function statusLook(of: StatusOf, status: string): StatusWords {
  const known: Record<string, StatusWords> = statusWords[of];
  const found = Object.hasOwn(known, status) ? known[status] : undefined;
  return found ?? { words: status.replaceAll("_", " ") };
}
