import type { Pool } from "pg";
import { exportPaths, fetchedPaths, findPageIds, type PageIds } from "../../scripts/app-pages.ts";
import { percentile } from "../statistics.ts";
import { askPages, measure, type Times } from "./ask-pages.ts";
import type { LargeShop } from "./make-large-shop.ts";
import { pageCalls, pagesBehind, type PageCall } from "./page-calls.ts";

export type MeasuredPage = PageCall & { document: Times | null; data: Times | null; problem?: string };
export type MeasuredExport = { path: string; firstByteMs: number; seconds: number; megabytes: number };

export type ServerFigures = {
  /** What no page can be faster than: one that loads nothing, and one trip to the database. */
  limit: { document: Times; data: Times; selectOne: Times };
  pages: MeasuredPage[];
  exports: MeasuredExport[];
};

/** A list says so of a parameter it does not know: then something else was measured than was meant. */
const LEFT_OUT = "asks for something this list does not know";

/** Nothing is loaded for it but who asks. */
const EMPTY_PAGE = "/app/no-such-page";

/** How long the server takes for every page, one request at a time. */
export async function measureServer(
  pool: Pool,
  shop: LargeShop,
  { repeat, say }: { repeat: number; say: (text: string) => void },
): Promise<ServerFigures> {
  const pages = askPages(shop);
  const times = repeat;
  const measured: MeasuredPage[] = [];
  const look = async (call: PageCall) => {
    say(`${call.page} ${call.what}`);
    measured.push(await measurePage(pages, call, times));
  };
  const ids = await findPageIds(pool, { shop: shop.domain });
  for (const call of pageCalls(ids)) {
    await look(call);
    const { text, status } = await pages.data(call.path);
    if (status === 200) for (const behind of pagesBehind(call, text)) await look(behind);
  }
  for (const page of fetchedPaths(ids)) {
    const path = page + (await questionOf(page, { pool, shop: shop.domain, ids }));
    const call = { page, what: "", path };
    const found = await orProblem(() => measure(() => pages.fetch(path), { times }));
    measured.push({ ...call, document: null, ...(found.ok ? { data: found.times } : failed(found.problem)) });
  }
  // Last: whatever runs first in a young process is slow.
  const limit = {
    document: await measure(() => pages.document(EMPTY_PAGE), { times: times * 2, status: 404 }),
    data: await measure(() => pages.data(EMPTY_PAGE), { times: times * 2, status: 404 }),
    selectOne: await measureSelectOne(pool, times * 10),
  };
  return { limit, pages: measured, exports: await measureExports(pages) };
}

/** What a page asks with it, where it cannot be fetched without. */
async function questionOf(
  page: string,
  { pool, shop, ids }: { pool: Pool; shop: string; ids: PageIds },
): Promise<string> {
  if (page === "/app/webhooks/progress") return `?id=${ids.delivery ?? ""}`;
  if (!page.endsWith("/payload")) return "";
  const { rows } = await pool.query<{ query: string }>(
    `select '?shape=' || "rawShape" || '&hash=' || "contentHash" as query from "ShopifyOrderCache" where shop = $1 and id = $2`,
    [shop, ids.entries.order],
  );
  return rows[0]?.query ?? "";
}

async function measurePage(
  pages: ReturnType<typeof askPages>,
  call: PageCall,
  times: number,
): Promise<MeasuredPage> {
  const { text } = await pages.document(call.path);
  if (text.includes(LEFT_OUT)) return { ...call, ...failed("a parameter that the list does not know") };
  const document = await orProblem(() => measure(() => pages.document(call.path), { times }));
  const data = await orProblem(() => measure(() => pages.data(call.path), { times }));
  if (!document.ok) return { ...call, ...failed(document.problem) };
  if (!data.ok) return { ...call, ...failed(data.problem) };
  return { ...call, document: document.times, data: data.times };
}

const failed = (problem: string) => ({ document: null, data: null, problem });

async function orProblem(
  run: () => Promise<Times>,
): Promise<{ ok: true; times: Times } | { ok: false; problem: string }> {
  try {
    return { ok: true, times: await run() };
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}

async function measureSelectOne(pool: Pool, times: number): Promise<Times> {
  const taken: number[] = [];
  for (let n = 0; n < times; n++) {
    const began = performance.now();
    await pool.query("select 1");
    taken.push(performance.now() - began);
  }
  return { p50: percentile(taken, 0.5), p95: percentile(taken, 0.95) };
}

/** Once each: an export is as long as its list. */
async function measureExports(pages: ReturnType<typeof askPages>): Promise<MeasuredExport[]> {
  const measured: MeasuredExport[] = [];
  for (const path of exportPaths) {
    const { ms, firstByteMs, bytes } = await pages.fetch(path);
    measured.push({ path, firstByteMs, seconds: ms / 1000, megabytes: bytes / 1e6 });
  }
  return measured;
}
