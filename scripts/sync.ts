/** `npm run sync -- products|customers|orders|…|status`: what the pages do, for whoever sits at a command line. */
import { parseSyncArguments, SYNC_USAGE, type SyncCommand } from "./sync/parse-sync-arguments.ts";

let command: SyncCommand;
try {
  command = parseSyncArguments(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n\n${SYNC_USAGE}\n`);
  process.exit(2);
}
if (command.command === "help") {
  process.stdout.write(`${SYNC_USAGE}\n`);
  process.exit(0);
}
// Whoever read our lines (`| head`) may go: a job that runs here goes on.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});
// What does the work takes longer to load than a usage text is worth.
const { runSyncCommand } = await import("./sync/run-sync-command.ts");
process.exitCode = await runSyncCommand(command);
