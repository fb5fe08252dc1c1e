import { errorCatalogue, type ErrorCode } from "#app/lib/errors.ts";

/** The button that is an error's next step: a page of the app, or to try the same again. */
export type ErrorAction = { label: string; path: string } | { label: string; path: null };

const retry: ErrorAction = { label: "Retry now", path: null };
const syncAgain: ErrorAction = { label: "Run the sync again", path: "/app/settings/shopify" };
const connection: ErrorAction = { label: "Check the connection", path: "/app/settings/shopify" };
const scheduler: ErrorAction = { label: "Open the scheduler", path: "/app/settings/shopify" };
const jobs: ErrorAction = { label: "Look at the jobs", path: "/app/jobs" };
const keys: ErrorAction = { label: "Look at the API keys", path: "/app/settings/shopify" };
const home: ErrorAction = { label: "Open Home", path: "/app" };

const actions: Record<ErrorCode, ErrorAction> = {
  SHOPIFY_NOT_CONFIGURED: connection,
  NO_PAGES: home,
  SKU_NOT_FOUND: { label: "Map the SKU", path: "/app/catalogue/workbench" },
  RATE_LIMITED: jobs,
  HMAC_FAILED: { label: "Look at the webhooks", path: "/app/webhooks" },
  ORDER_EXISTS: { label: "Look at the orders", path: "/app/orders" },
  PAYLOAD_UNREADABLE: retry,
  MONEY_UNREADABLE: retry,
  BULK_FAILED: syncAgain,
  BULK_INCOMPLETE: syncAgain,
  BULK_EXPIRED: syncAgain,
  BULK_CANCELED: syncAgain,
  SHOPIFY_UNREACHABLE: jobs,
  SHOPIFY_REFUSED: connection,
  COUNT_DISAGREES: { label: "Check again", path: "/app" },
  TOKEN_REFUSED: connection,
  SCOPE_MISSING: connection,
  PERIOD_NEEDS_ALL_ORDERS: { label: "Choose another period", path: "/app/settings/shopify" },
  JOB_ALREADY_RUNNING: jobs,
  IDEMPOTENCY_MISMATCH: keys,
  BACKFILL_NEEDS_DRY_RUN: { label: "Start a dry run", path: "/app/settings/shopify" },
  JOB_MOVED_ON: jobs,
  JOB_NOT_FOUND: jobs,
  JOB_STUCK: jobs,
  JOB_WAITING: jobs,
  SCHEDULER_OFF: scheduler,
  SCHEDULER_LATE: scheduler,
  SCHEDULER_BLOCKED: jobs,
  SCHEDULER_FAILING: jobs,
  SETTINGS_CHANGED: { label: "Look at the rules again", path: "/app/settings/orders" },
  SHOPIFY_DIFFERS: { label: "Look at the orders", path: "/app/orders" },
  WRITE_BACK_REFUSED: { label: "Look at the orders", path: "/app/orders" },
  ACTION_NOT_ALLOWED: { label: "Look at the orders", path: "/app/orders" },
  PREVIEW_NEEDED: { label: "See what it would send", path: "/app/settings/write-back" },
  SHOPIFY_STOCK_LEADS: { label: "Open stock rules", path: "/app/settings/stock" },
  STOCK_NOT_SYNCED: { label: "Sync stock", path: "/app/inventory" },
  VALIDATION: retry,
  NOT_FOUND: home,
  FEED_EXPIRED: keys,
  FEED_BUSY: keys,
  METHOD_NOT_ALLOWED: keys,
  NOT_JSON: keys,
  TOO_LARGE: keys,
  UNAUTHORIZED: keys,
  FORBIDDEN: home,
  DATABASE_DOWN: retry,
  INTERNAL: retry,
};

/** The next step of an error as a button, beside its words in the catalogue; a code this version does not know is tried again. */
export function errorAction(code: string): ErrorAction {
  return Object.hasOwn(errorCatalogue, code) ? actions[code as ErrorCode] : actions.INTERNAL;
}

/** What only another page mends: tried again as it is, it would fail the same way. */
const MENDED_ELSEWHERE: ReadonlySet<ErrorAction> = new Set([
  connection,
  keys,
  home,
  actions.PERIOD_NEEDS_ALL_ORDERS,
  actions.BACKFILL_NEEDS_DRY_RUN,
  actions.SKU_NOT_FOUND,
]);

/** Whether to offer that the same is tried again, rather than only the page where it is mended. */
export function canTryAgain(code: string): boolean {
  return !MENDED_ELSEWHERE.has(errorAction(code));
}
