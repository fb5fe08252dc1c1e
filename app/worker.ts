import { constants, setPriority } from "node:os";
import { getContext } from "#app/context.server.ts";
import { startWorker } from "#app/jobs/run-worker.server.ts";
import { expectDatabase, failStart } from "#app/lib/process-start.server.ts";

/** The worker process: `node app/worker.ts`, until SIGTERM or SIGINT; then it lets go in order and ends with 0. */
async function start(): Promise<void> {
  const context = getContext();
  const { log, database } = context;
  // On a machine that both share, whoever waits for a page or an answer to a webhook goes first.
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch (error) {
    log.debug({ err: error }, "the worker runs at the priority it was given");
  }
  await expectDatabase(database.pool);
  const worker = await startWorker(context, { databaseUrl: database.url });
  log.info("the worker is ready");

  let stopping = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      log.info({ signal }, "the worker stops");
      worker
        .stop()
        .then(() => database.close())
        .then(
          () => process.exit(0),
          (error: unknown) => {
            log.error({ err: error }, "the worker did not stop in order");
            process.exit(1);
          },
        );
    });
  }
}

await start().catch(failStart);
