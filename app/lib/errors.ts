/**
 * What can go wrong that a merchant can act on: one list of codes, each with words, the next step and the
 * HTTP status it answers with. Pages, jobs, API and cache view all read it here.
 */

export type ErrorInfo = {
  /** What happened, in a merchant's words. */
  words: string;
  /** What to do next. */
  next: string;
  /** The status an HTTP answer carries. */
  status: number;
  /** Whether trying again by itself can help. */
  retry: boolean;
};

const info = (words: string, next: string, status: number, retry: boolean): ErrorInfo => ({
  words,
  next,
  status,
  retry,
});

export const errorCatalogue = {
  SHOPIFY_NOT_CONFIGURED: info(
    "Shopify is not configured",
    "Set SHOPIFY_API_KEY, SHOPIFY_API_SECRET and SHOPIFY_APP_URL, or SHOPIFY_SHOP_DOMAIN, SHOPIFY_ACCESS_TOKEN and SHOPIFY_WEBHOOK_SECRET, and start the app again.",
    503,
    false,
  ),
  NO_PAGES: info(
    "This app runs for one shop with a fixed token, and has no pages",
    "Use the command line (`npm run sync -- --help`) or the HTTP API. For pages set SHOPIFY_API_KEY, SHOPIFY_API_SECRET and SHOPIFY_APP_URL instead of the shop's token.",
    404,
    false,
  ),
  SKU_NOT_FOUND: info(
    "SKU not found",
    "Sync all products, or map the variant to a SKU; the order then completes by itself.",
    422,
    true,
  ),
  RATE_LIMITED: info("Rate limited", "Nothing to do: the sync waits and goes on by itself.", 429, true),
  HMAC_FAILED: info(
    "HMAC verification failed",
    "Check that SHOPIFY_API_SECRET (or the webhook secret) is the one that signs these webhooks.",
    401,
    false,
  ),
  ORDER_EXISTS: info("Order already exists", "Nothing to do: another road was first.", 200, false),
  PAYLOAD_UNREADABLE: info(
    "What Shopify sent could not be read",
    "It is kept as it came. Retry once the app is updated or the record is mended in Shopify.",
    422,
    true,
  ),
  MONEY_UNREADABLE: info(
    "An amount in the payload is not an amount of its currency",
    "It is kept as it came: look at the amount in the cache entry, mend it in Shopify, then retry.",
    422,
    true,
  ),
  BULK_FAILED: info(
    "Shopify could not finish the bulk operation",
    "Run the sync again; if it fails again, choose a shorter period.",
    502,
    true,
  ),
  BULK_INCOMPLETE: info(
    "The file from Shopify holds fewer or more records than Shopify counted",
    "Nothing was lost and the sync's position did not move. Run it again.",
    502,
    true,
  ),
  BULK_EXPIRED: info(
    "The result of the bulk operation is no longer available at Shopify",
    "Results are kept for 7 days. Run the sync again.",
    502,
    true,
  ),
  BULK_CANCELED: info("The bulk operation was cancelled at Shopify", "Run the sync again.", 502, true),
  SHOPIFY_UNREACHABLE: info(
    "Shopify does not answer",
    "The sync tries again by itself; check Shopify's status page if it lasts.",
    502,
    true,
  ),
  SHOPIFY_REFUSED: info(
    "Shopify refused the request",
    "Read what Shopify said; if the store is frozen or locked, that has to be cleared first.",
    502,
    false,
  ),
  COUNT_DISAGREES: info(
    "Shopify's list of orders is not as long as its count",
    "Check again in a few minutes: orders may be coming in just now.",
    502,
    true,
  ),
  TOKEN_REFUSED: info(
    "Shopify no longer accepts the app's access token",
    "Open the app in Shopify Admin once: it gets a new token.",
    401,
    true,
  ),
  SCOPE_MISSING: info(
    "The app was not granted a permission that this needs",
    "Open the app in Shopify Admin and approve the permissions it asks for.",
    403,
    false,
  ),
  PERIOD_NEEDS_ALL_ORDERS: info(
    "Orders older than 60 days need the read_all_orders permission",
    "Choose a period of at most 60 days, or ask Shopify for read_all_orders in the Partner Dashboard.",
    422,
    false,
  ),
  JOB_ALREADY_RUNNING: info(
    "A sync of this kind is already running for this shop",
    "Wait for it, or cancel it first.",
    409,
    false,
  ),
  IDEMPOTENCY_MISMATCH: info(
    "This Idempotency-Key was used for another request",
    "Send a new key with a new request; send the same key only to ask for the same again.",
    422,
    false,
  ),
  BACKFILL_NEEDS_DRY_RUN: info(
    "A backfill needs a dry run first",
    "Run it as a dry run, read what would change, and start it again within 24 hours.",
    409,
    false,
  ),
  JOB_MOVED_ON: info(
    "The job is not in a state in which this can be done",
    "Look at the job again: it has moved on meanwhile.",
    409,
    false,
  ),
  JOB_NOT_FOUND: info("There is no such job", "Look at the list of jobs again.", 404, false),
  JOB_STUCK: info(
    "A sync does not move any more",
    "Pause and resume it; if it stays, restart the worker: the sync goes on where it was.",
    503,
    false,
  ),
  JOB_WAITING: info(
    "No worker takes a sync that waits",
    "Ask whoever runs the app to check that its worker is running and reaches the database; one worker runs four syncs at a time.",
    503,
    true,
  ),
  SCHEDULER_OFF: info(
    "The look-back does not run by itself",
    "Start the schedule: without it nobody notices an update that no webhook brought.",
    409,
    false,
  ),
  SCHEDULER_LATE: info(
    "The look-back is overdue",
    "Ask whoever runs the app to check that its worker is running and reaches the database; what was missed then runs at once.",
    503,
    true,
  ),
  SCHEDULER_BLOCKED: info(
    "A look-back that does not go on keeps the next one from starting",
    "Resume it, or cancel it: the next one reads what it left.",
    409,
    false,
  ),
  SCHEDULER_FAILING: info(
    "The look-backs fail",
    "Read why the last one failed; the next one reads everything since the last that succeeded.",
    502,
    true,
  ),
  ACTION_NOT_ALLOWED: info(
    "This cannot be done with the order now",
    "Look at the order again: it says what can be done with it now, and why not else.",
    409,
    false,
  ),
  SHOPIFY_DIFFERS: info(
    "Shopify has something else than this app thought",
    "Compare both sides. Correct the one that is wrong, then send it again; or choose not to send it.",
    409,
    false,
  ),
  WRITE_BACK_REFUSED: info(
    "Shopify did not take this change",
    "Read what Shopify says. Correct it there, then send it again; or do it in Shopify and choose not to send it.",
    422,
    false,
  ),
  PREVIEW_NEEDED: info(
    "A kind of write-back is switched on only by somebody who has just seen what it would send",
    "Look at what it would send, on the page Write-back, and switch it on there.",
    409,
    false,
  ),
  SHOPIFY_STOCK_LEADS: info(
    "In this shop Shopify's stock leads, so the ERP's is not sent",
    "Choose in the stock settings that the ERP's stock leads, then compare both.",
    409,
    false,
  ),
  STOCK_NOT_SYNCED: info(
    "Shopify's stock has not been read as a whole yet",
    "Sync stock, which reads every level; then compare it with the ERP's.",
    409,
    false,
  ),
  VALIDATION: info("The request is not valid", "Correct the named field and send it again.", 422, false),
  SETTINGS_CHANGED: info(
    "Somebody else has changed these settings meanwhile",
    "Reload the page to see what holds now, then make your change again.",
    409,
    false,
  ),
  NOT_FOUND: info(
    "Not found",
    "Look again: it may be done or gone already. Else check the address, and the id or name in it.",
    404,
    false,
  ),
  FEED_EXPIRED: info(
    "The feed does not go on from this cursor",
    "Take the newest cursor with after=now, read everything by the list endpoints, then go on from that cursor.",
    410,
    false,
  ),
  FEED_BUSY: info(
    "Too many readers wait for changes",
    "Ask again in some seconds, or without wait; one reader a system is enough.",
    429,
    true,
  ),
  METHOD_NOT_ALLOWED: info(
    "This address does not answer this method",
    "See the header Allow, or the document at /api/openapi.json.",
    405,
    false,
  ),
  NOT_JSON: info(
    "The request's body is not JSON",
    "Send it as JSON with the header Content-Type: application/json.",
    415,
    false,
  ),
  TOO_LARGE: info("The request's body is too large", "Send at most 64 kB.", 413, false),
  UNAUTHORIZED: info(
    "Not signed in",
    "Open the app from Shopify Admin, or send a valid API key.",
    401,
    false,
  ),
  FORBIDDEN: info("Not allowed", "Ask the store's owner for this permission.", 403, false),
  DATABASE_DOWN: info(
    "The database does not answer",
    "Nothing was lost: syncs go on by themselves and Shopify sends its webhooks again once the database is back. Send a call of the API again.",
    503,
    true,
  ),
  INTERNAL: info(
    "Something went wrong on our side",
    "The entry is kept and tried again; if it stays, send its id to support.",
    500,
    true,
  ),
} as const satisfies Record<string, ErrorInfo>;

export type ErrorCode = keyof typeof errorCatalogue;

/** A failure we expect and a merchant can act on. Anything else is a bug and goes to the top. */
export class AppError extends Error {
  override name = "AppError";
  readonly code: ErrorCode;
  /** Whether trying again by itself can help; the catalogue's word unless the thrower knows better. */
  readonly retry: boolean;
  /** What to do next, where the thrower knows better than the catalogue. */
  readonly next: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { retry?: boolean; next?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.next = options.next;
    this.retry = options.retry ?? errorCatalogue[code].retry;
  }
}

/** The next step for one shop with a fixed token, where it is another: there is no page to open. */
const nextOfSingleShop: Partial<Record<ErrorCode, string>> = {
  HMAC_FAILED: "Check that SHOPIFY_WEBHOOK_SECRET is the one that signs these webhooks.",
  TOKEN_REFUSED: "Set a new SHOPIFY_ACCESS_TOKEN and start web and worker again.",
  SCOPE_MISSING: "Grant the permission to the app in the store's Admin, and install it there again.",
  PERIOD_NEEDS_ALL_ORDERS:
    "Choose a period of at most 60 days, or grant read_all_orders to the app in the store's Admin.",
  PREVIEW_NEEDED:
    "See what it would send with `npm run sync -- write-back preview KIND`, then switch it on by the id that tells.",
  SHOPIFY_STOCK_LEADS: "Let the ERP's stock lead with `npm run sync -- stock-rules --leads erp`.",
  STOCK_NOT_SYNCED: "Run `npm run sync -- inventory`, which reads every level; then look again.",
  UNAUTHORIZED: "Send a valid API key.",
};

/**
 * What to do about a failure that was thrown: what its thrower knows of the case comes before the catalogue, but for one shop with a
 * fixed token not before what is done there, since throwers speak of pages.
 */
export function nextStepOf({ code, next }: AppError, mode?: "app" | "single-shop"): string {
  const own = mode === "single-shop" ? nextOfSingleShop[code] : undefined;
  return own ?? next ?? errorCatalogue[code].next;
}

/**
 * Words and next step of a stored code; a code this version does not know reads as INTERNAL.
 * @param mode how the app runs: without pages some next steps are others
 */
export function explainError(code: string, mode?: "app" | "single-shop"): ErrorInfo {
  const known = Object.hasOwn(errorCatalogue, code) ? (code as ErrorCode) : "INTERNAL";
  const next = mode === "single-shop" ? nextOfSingleShop[known] : undefined;
  return next === undefined ? errorCatalogue[known] : { ...errorCatalogue[known], next };
}
