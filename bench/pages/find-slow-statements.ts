import path from "node:path";
import type { Pool } from "pg";
import { startChild } from "../../scripts/start-child.ts";
import { askPages } from "./ask-pages.ts";
import type { LargeShop } from "./make-large-shop.ts";
import type { PageCall } from "./page-calls.ts";

export type SlowStatement = { page: string; ms: number; text: string; plan: string };

const CHECKOUT = path.join(import.meta.dirname, "../..");
/** Of each page so many are explained. */
const MOST = 3;

/** Which statements keep these pages waiting: asked once more of a web process that tells them, and explained by the database. */
export async function findSlowStatements(
  pool: Pool,
  { databaseUrl, shop, calls }: { databaseUrl: string; shop: LargeShop; calls: readonly PageCall[] },
): Promise<SlowStatement[]> {
  let told: { ms: number; text: string; values: unknown[] }[] = [];
  const web = await startChild({
    name: "web process that tells its statements",
    args: ["--import", "./bench/pages/tell-statements.ts", "app/server.ts"],
    ready: /"port":(\d+),"msg":"web process listening"/,
    cwd: CHECKOUT,
    env: {
      ...{ PATH: process.env.PATH, NODE_ENV: "production", DATABASE_URL: databaseUrl, PORT: "0" },
      SHOPIFY_API_KEY: shop.apiKey,
      SHOPIFY_API_SECRET: shop.apiSecret,
      SHOPIFY_APP_URL: shop.appUrl,
    },
    onLine: (line) => {
      if (line.startsWith("STATEMENT ")) told.push(JSON.parse(line.slice(10)) as (typeof told)[number]);
    },
  });
  try {
    const pages = askPages({ ...shop, webUrl: `http://127.0.0.1:${web.ready[1] ?? ""}` });
    const slow: SlowStatement[] = [];
    for (const call of calls) {
      const ask = () => (call.page === call.path ? pages.fetch(call.path) : pages.data(call.path));
      await ask();
      told = [];
      await ask();
      const slowest = [...told].sort((a, b) => b.ms - a.ms).slice(0, MOST);
      for (const { ms, text, values } of slowest)
        slow.push({
          ...{ page: [call.page, call.what].join(" ").trim(), ms, text },
          plan: await explain(pool, text, values),
        });
    }
    return slow;
  } finally {
    await web.stop();
  }
}

/** In a transaction that is taken back: to be explained with its times a statement is run. */
async function explain(pool: Pool, text: string, values: unknown[]): Promise<string> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const { rows } = await client.query<{ "QUERY PLAN": string }>(
      `EXPLAIN (ANALYZE, BUFFERS) ${text}`,
      values,
    );
    return rows.map((row) => row["QUERY PLAN"]).join("\n");
  } catch (error) {
    return String(error);
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}
