import type { AppContext } from "#app/context.server.ts";
import { startScheduler } from "#app/jobs/start-scheduler.server.ts";
import { triggerScheduler } from "#app/jobs/trigger-scheduler.server.ts";
import type { PageAnswer } from "#app/ui/page-answer.ts";

import type { HomeIntent } from "./home-intent.ts";
import { performSyncIntent, type Asker } from "./perform-sync-intent.server.ts";

/**
 * Does what a person wants on Home and says it in their words.
 * @throws AppError for what they can act on
 */
export async function performHomeIntent(
  context: AppContext,
  asker: Asker,
  intent: HomeIntent,
): Promise<PageAnswer> {
  const { shop, userId, requestedBy } = asker;
  switch (intent.intent) {
    case "start-scheduler":
      await startScheduler(context, { shop, actor: userId });
      return { ok: true, message: "The schedule is on: the first look-back runs now" };
    case "trigger-scheduler":
      await triggerScheduler(context, { shop, requestedBy });
      return { ok: true, message: "Look-back started" };
    default:
      return performSyncIntent(context, asker, intent);
  }
}
