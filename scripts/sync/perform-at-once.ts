import { cancelJob } from "#app/jobs/cancel-job.server.ts";
import { pauseJob } from "#app/jobs/pause-job.server.ts";
import { resumeJob } from "#app/jobs/resume-job.server.ts";
import type { SchedulerStatus } from "#app/jobs/scheduler-status.ts";
import { startScheduler } from "#app/jobs/start-scheduler.server.ts";
import { stopScheduler } from "#app/jobs/stop-scheduler.server.ts";
import { triggerScheduler } from "#app/jobs/trigger-scheduler.server.ts";
import { viewJob } from "#app/routes/view-job.ts";
import { createApiKey, listApiKeys, revokeApiKey } from "#app/settings/api-keys.server.ts";
import { loadConnection } from "#app/settings/load-connection.server.ts";
import { createFormat, type Format } from "#app/ui/format.ts";
import { jobStatus, jobTitle } from "#app/ui/job-words.ts";
import { apiKeyLines } from "./api-key-words.ts";
import { printable } from "./job-reporter.ts";
import type { SyncContext } from "./open-sync.ts";
import type { AtOnceCommand } from "./parse-at-once-command.ts";
import { performStockRules } from "./perform-stock-rules.ts";
import { performWriteBack } from "./perform-write-back.ts";
import { schedulerLines } from "./scheduler-words.ts";

/** Who did it, in audit log, keys and jobs. */
const ACTOR = "command line";

const commandsOfJobs = { pause: pauseJob, resume: resumeJob, cancel: cancelJob };

/**
 * Does it, and says on standard output what there now is.
 * @throws AppError as what it calls: NOT_FOUND and JOB_NOT_FOUND for an unknown id, VALIDATION, JOB_ALREADY_RUNNING,
 *   TOKEN_REFUSED, PREVIEW_NEEDED, SCOPE_MISSING, SHOPIFY_STOCK_LEADS, STOCK_NOT_SYNCED
 */
export async function performAtOnce(
  context: SyncContext,
  shop: string,
  command: AtOnceCommand,
): Promise<void> {
  const { pool } = context.database;
  switch (command.does) {
    case "create-key":
      return createKey(context, shop, command);
    case "list-keys": {
      const items = await listApiKeys(pool, { shop });
      const lines = command.json
        ? [JSON.stringify({ items })]
        : apiKeyLines(items, await formatOf(context, shop));
      say(lines.length === 0 ? ["none"] : lines);
      return;
    }
    case "revoke-key": {
      const { name } = await revokeApiKey(pool, {
        ...{ shop, id: command.id, revokedBy: ACTOR, now: context.now() },
      });
      say([`Revoked: ${name}`]);
      return;
    }
    case "start-scheduler": {
      const { intervalMinutes, lookBackHours } = command;
      const status = await startScheduler(context, {
        ...{ shop, actor: ACTOR },
        ...(intervalMinutes === undefined ? {} : { intervalMinutes }),
        ...(lookBackHours === undefined ? {} : { lookBackHours }),
      });
      return sayScheduler(context, shop, status);
    }
    case "stop-scheduler":
      return sayScheduler(context, shop, await stopScheduler(context, { shop, actor: ACTOR }));
    case "trigger-scheduler": {
      const { id } = await triggerScheduler(context, { shop, requestedBy: ACTOR });
      say([`Look-back: asked for, a worker does it · id ${id}`]);
      return;
    }
    case "stock-rules":
      say(await performStockRules(pool, { shop, ...command, actor: ACTOR, now: context.now() }));
      return;
    case "list-write-backs":
    case "preview-write-back":
    case "switch-write-back-on":
    case "switch-write-back-off":
      say(
        await performWriteBack(pool, {
          ...{ shop, command, actor: ACTOR, now: context.now(), format: await formatOf(context, shop) },
        }),
      );
      return;
    case "pause":
    case "resume":
    case "cancel": {
      const { id } = command;
      const job = viewJob(await commandsOfJobs[command.does](pool, { shop, id, by: ACTOR }), {
        now: context.now(),
      });
      say([`${jobTitle(job.jobType)}: ${jobStatus(job).words.toLowerCase()} · id ${id}`]);
      return;
    }
  }
}

/** The key alone on standard output, for whoever reads it from there; what there is to say about it on standard error. */
async function createKey(
  { database, now }: SyncContext,
  shop: string,
  { name, scopes, json }: AtOnceCommand & { does: "create-key" },
): Promise<void> {
  const { key, ...apiKey } = await createApiKey(database.pool, {
    ...{ shop, name, scopes, createdBy: ACTOR, now: now() },
  });
  say([json ? JSON.stringify({ apiKey, key }) : key]);
  process.stderr.write(
    `The key of ${printable(name)} for ${shop}, with ${apiKey.scopes.join(", ")} · id ${apiKey.id}\n` +
      "It is shown this once: keep it where only whoever calls with it can read it.\n",
  );
}

async function sayScheduler(context: SyncContext, shop: string, status: SchedulerStatus): Promise<void> {
  say(schedulerLines(status, await formatOf(context, shop)));
}

async function formatOf({ database }: SyncContext, shop: string): Promise<Format> {
  const connection = await loadConnection(database.pool, { shop });
  return createFormat({ locale: connection?.locale ?? null, timeZone: connection?.timeZone ?? null });
}

function say(lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${printable(line)}\n`).join(""));
}
