import { appPages, type PageIds } from "../../scripts/app-pages.ts";

export type PageCall = {
  page: string;
  what: string;
  /** In the app, with its query. */
  path: string;
};

/** What is asked of each list beside its first page, by the page's name: search, filters, other orders. */
const QUESTIONS: Record<string, readonly string[]> = {
  orders: [
    "search=Sharma",
    "search=%231001",
    "search=nobody%20at%20all",
    "status=open",
    "status=on_hold&payment=COD",
    "held=yes",
    "returns=open",
    "history=yes&status=delivered",
    "createdFrom=2026-01-01&createdTo=2026-01-31",
    "sort=created%20asc",
    "sort=updated%20desc",
  ],
  catalogue: ["search=shirt", "status=DRAFT", "shelf=archived", "with=problems", "sort=changed%20desc"],
  customers: [
    "search=sharma",
    "search=nobody%40example.org",
    "orders=with&marketing=yes",
    "shopify=without",
    "sort=created%20asc",
  ],
  inventory: ["search=shirt", "stock=out", "stock=unmatched", "tracked=no", "sort=item%20desc"],
  jobs: ["status=failed", "kind=orders", "requestedBy=page", "sort=processed%20desc", "sort=errors%20desc"],
  "cache-orders": [
    "search=5204118503424",
    "status=failed",
    "status=pending",
    "status=quarantined",
    "status=toFetch",
    "code=SKU_NOT_FOUND",
    "source=dump",
    "receivedFrom=2026-01-01",
    "sort=received%20asc",
  ],
  "cache-inventory": ["status=failed", "status=processed"],
  webhooks: [
    "search=5204118503424",
    "topic=orders%2Fcreate",
    "outcome=failed",
    "outcome=waiting",
    "kind=customer",
    "receivedFrom=2026-11-01&receivedTo=2026-11-02",
    "sort=received%20asc",
  ],
};

/** Every page as it is opened, and each list as it is asked. */
export function pageCalls(ids: PageIds): PageCall[] {
  return appPages(ids).flatMap(({ name: page, path }) => [
    { page, what: "", path },
    ...(QUESTIONS[page] ?? []).map((what) => ({ page, what, path: `${path}?${what}` })),
  ]);
}

/** Cursors of pages beside this one, as a list's answer names them: base64 of a JSON list of texts. */
const CURSOR = /"(JTVC[\w-]{8,})"/g;

/** The page after the one that was answered, and one far behind it; none where the list has one page only. */
export function pagesBehind(call: PageCall, answer: string): PageCall[] {
  const cursor = [...answer.matchAll(CURSOR)].at(-1)?.[1];
  if (cursor === undefined) return [];
  const key = JSON.parse(decodeURIComponent(Buffer.from(cursor, "base64url").toString())) as string[];
  const at = (what: string, after: string) => ({
    ...call,
    what: [call.what, what].filter(Boolean).join(", "),
    path: `${call.path}${call.path.includes("?") ? "&" : "?"}after=${after}`,
  });
  const deep = Buffer.from(encodeURIComponent(JSON.stringify(farBehind(key)))).toString("base64url");
  return [at("page 2", cursor), at("deep page", deep)];
}

/** The key of a record that stands in the middle of the list, whatever it is sorted by. */
function farBehind([first = "", ...rest]: readonly string[]): string[] {
  const instant = /^\d{4}-\d\d-\d\dT/.test(first) ? Date.parse(first) : NaN;
  if (!Number.isNaN(instant)) return [new Date(instant - 200 * 86_400_000).toISOString(), ...rest];
  return [/^-?[\d.]+$/.test(first) ? first : "M", ...rest];
}
