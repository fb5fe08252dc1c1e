import { openDatabase } from "#app/lib/db.server.ts";
import { findPageIds } from "../../scripts/app-pages.ts";
import { ensurePostgres } from "../../scripts/postgres.ts";
import { createThrowawayDatabase } from "../../scripts/throwaway-database.ts";
import { findSlowStatements } from "./find-slow-statements.ts";
import { makeLargeShop } from "./make-large-shop.ts";
import { measureBrowser } from "./measure-browser.ts";
import { measureServer } from "./measure-server.ts";
import { BOUNDS, findMisses, reportPages, slowest } from "./report-pages.ts";

export type PagesBenchOptions = {
  orders: number;
  seed: number;
  /** Calls of each page that are measured. */
  repeat: number;
  json: boolean;
};

/** The pages' bench: each page of a large shop, by the server and in Chromium. Returns the exit code: 1 when a bound is missed. */
export async function runPagesBench({ orders, seed, repeat, json }: PagesBenchOptions): Promise<number> {
  const say = (text: string) => process.stderr.write(`${text}\n`);
  const postgres = await ensurePostgres();
  const { url, drop } = await createThrowawayDatabase(postgres.url);
  const database = openDatabase(url, { poolSize: 4, applicationName: "bench" });
  const { pool } = database;
  try {
    const shop = await makeLargeShop(database, { orders, seed, say });
    try {
      const server = await measureServer(pool, shop, { repeat, say });
      const browser = await measureBrowser(shop, {
        ids: await findPageIds(pool, { shop: shop.domain }),
        say,
      });
      const calls = server.pages.filter((page) => slowest(page) >= BOUNDS.serverMs / 2);
      const slow =
        calls.length === 0 ? [] : await findSlowStatements(pool, { databaseUrl: url, shop, calls });
      const figures = { orders, server, browser, slow };
      reportPages(figures, json);
      return findMisses(figures).length === 0 ? 0 : 1;
    } finally {
      await shop.stop();
    }
  } finally {
    await database.close();
    await drop();
    await postgres.stop();
  }
}
