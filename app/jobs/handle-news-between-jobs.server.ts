import { findShopsWithNews } from "#app/cache/news-log.server.ts";
import type { Database } from "#app/lib/db.server.ts";
import type { Log } from "#app/lib/log.server.ts";
import { handleNews, type AppNewsHandlers } from "./handle-news.server.ts";

/**
 * One turn for every shop with news that is due.
 * @returns how many pieces were taken
 */
export async function handleNewsBetweenJobs(
  { pool }: Pick<Database, "pool">,
  options: { now: () => Date; signal: AbortSignal; log: Log; handlers: AppNewsHandlers },
): Promise<number> {
  const { now, signal, log, handlers } = options;
  let taken = 0;
  for (const shop of await findShopsWithNews(pool, now())) {
    if (signal.aborted) return taken;
    try {
      taken += await handleNews(pool, { shop, now: now(), handlers });
    } catch (error) {
      log.error({ err: error, shop }, "news of a shop could not be handled; it is tried again");
    }
  }
  return taken;
}
