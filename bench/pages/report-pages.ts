import { round } from "../statistics.ts";
import type { Times } from "./ask-pages.ts";
import type { SlowStatement } from "./find-slow-statements.ts";
import type { BrowserFigures, MeasuredVitals } from "./measure-browser.ts";
import type { MeasuredPage, ServerFigures } from "./measure-server.ts";

export type PagesFigures = {
  orders: number;
  server: ServerFigures;
  browser: BrowserFigures;
  slow: SlowStatement[];
};

/** What the figures may reach: the server's median, and what Shopify and the web call good. */
export const BOUNDS = { serverMs: 100, scriptsGzip: 200_000, lcpMs: 2500, cls: 0.1, inpMs: 200 };

export const slowest = ({ document, data }: MeasuredPage): number =>
  Math.max(document?.p50 ?? 0, data?.p50 ?? 0);

/** What does not hold, in words; empty where everything does. */
export function findMisses({ server, browser }: PagesFigures): string[] {
  const { scripts, vitals } = browser;
  const over = (value: number | null, bound: number, words: string) =>
    value !== null && value > bound ? [words] : [];
  return [
    ...server.pages.flatMap((page) => {
      const name = nameOf(page);
      if (page.problem !== undefined) return [`${name}: ${page.problem}`];
      return slowest(page) >= BOUNDS.serverMs
        ? [`${name}: the server takes ${slowest(page).toFixed(0)} ms`]
        : [];
    }),
    ...over(
      scripts.gzipBytes,
      BOUNDS.scriptsGzip,
      `the first page loads ${String(scripts.gzipBytes)} bytes of gzipped scripts`,
    ),
    ...vitals.flatMap(({ page, width, lcpMs, cls, moved, inpMs }) => [
      ...(lcpMs === null ? [`${page}, ${width}: no LCP was seen`] : []),
      ...over(lcpMs, BOUNDS.lcpMs, `${page}, ${width}: LCP of ${String(lcpMs)} ms`),
      ...over(cls, BOUNDS.cls, [`${page}, ${width}: CLS of ${cls.toFixed(3)}`, ...moved].join("\n    ")),
      ...over(inpMs, BOUNDS.inpMs, `${page}, ${width}: INP of ${String(inpMs)} ms`),
    ]),
  ];
}

/** Prints the figures as tables and, if asked, as one line of JSON. */
export function reportPages(figures: PagesFigures, json: boolean): void {
  const { orders, server, browser, slow } = figures;
  const { limit } = server;
  console.log(`
the server's answer with ${orders.toLocaleString("en")} orders, one request at a time: ms at the median and the 95th percentile, and the median ÷ a page that loads nothing
(a page that loads nothing: document ${pair(limit.document)}, data ${pair(limit.data)}; select 1: ${pair(limit.selectOne)})
${"".padEnd(44)}${"document".padStart(16)}${"÷".padStart(7)}${"data".padStart(17)}${"÷".padStart(7)}
${server.pages.map((page) => pageLine(page, limit)).join("\n")}

exports, once each: ms to the first byte, s, MB
${server.exports.map(({ path, firstByteMs, seconds, megabytes }) => `${path.padEnd(44)}${firstByteMs.toFixed(0).padStart(9)}${seconds.toFixed(2).padStart(8)}${megabytes.toFixed(2).padStart(9)}`).join("\n")}

Chromium, nothing cached: LCP ms, CLS, INP ms
${browser.vitals.map(vitalsLine).join("\n")}
scripts of the first page: ${String(browser.scripts.files)} files, ${(browser.scripts.gzipBytes / 1000).toFixed(1)} kB gzipped (${(browser.scripts.bytes / 1000).toFixed(1)} kB)`);
  for (const { page, ms, text, plan } of slow)
    console.log(`\n── ${page}: ${ms.toFixed(0)} ms\n${text.trim()}\n${plan}`);
  const misses = findMisses(figures);
  console.log(
    misses.length === 0
      ? "\nevery bound is met"
      : `\nMISSED:\n${misses.map((miss) => `  ${miss}`).join("\n")}`,
  );
  if (json) console.log(JSON.stringify({ ...rounded(figures), bounds: BOUNDS, misses }));
}

const nameOf = ({ page, what }: { page: string; what: string }) => [page, what].filter(Boolean).join(" · ");
const pair = ({ p50, p95 }: Times) => `${p50.toFixed(1)} ${p95.toFixed(1)}`;

function pageLine(page: MeasuredPage, limit: ServerFigures["limit"]): string {
  const name = nameOf(page).slice(0, 43).padEnd(44);
  if (page.problem !== undefined) return `${name}  ${page.problem}`;
  const times = (found: Times | null, least: Times) =>
    found === null
      ? "".padEnd(23)
      : `${found.p50.toFixed(1).padStart(8)}${found.p95.toFixed(1).padStart(8)}${(found.p50 / least.p50).toFixed(1).padStart(7)}`;
  const mark = slowest(page) >= BOUNDS.serverMs ? "  SLOW" : "";
  return `${name}${times(page.document, limit.document)} ${times(page.data, limit.data)}${mark}`;
}

function vitalsLine({ page, width, lcpMs, cls, inpMs }: MeasuredVitals): string {
  const of = (value: number | null) => (value === null ? "–" : value.toFixed(0)).padStart(8);
  return `${page.padEnd(28)}${width.padEnd(10)}${of(lcpMs)}${cls.toFixed(3).padStart(9)}${of(inpMs)}`;
}

function rounded<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_key, part: unknown) => (typeof part === "number" ? round(part, 3) : part)),
  ) as T;
}
