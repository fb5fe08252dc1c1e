import type { Database } from "#app/lib/db.server.ts";
import type { Log } from "#app/lib/log.server.ts";
import { findProblems } from "./find-problems.server.ts";

/**
 * Says in the log when a schedule or a job goes wrong, or wrong in another way, and when all is well again: once each, as far as
 * this process knows. `code` is one of `app/lib/errors.ts`, for whoever makes an alarm of it.
 * @returns one look
 */
export function createProblemWatch(context: {
  database: Pick<Database, "pool">;
  log: Log;
  now: () => Date;
}): () => Promise<void> {
  const { database, log, now } = context;
  let known = new Map<string, string>();
  return async () => {
    const seen = new Map<string, string>();
    for (const { shop, jobId, problem } of (await findProblems(database.pool, now())).found) {
      const { code, message, next } = problem;
      const about = JSON.stringify({ shop, ...(jobId !== null && { jobId }) });
      seen.set(about, code);
      if (known.get(about) !== code)
        log.warn({ shop, ...(jobId !== null && { jobId }), code }, `${message} ${next}`);
    }
    for (const [about, code] of known)
      if (!seen.has(about)) log.info({ ...(JSON.parse(about) as object), was: code }, "all is well again");
    known = seen;
  };
}
