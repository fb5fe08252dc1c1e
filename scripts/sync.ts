/** `npm run sync -- products|customers|orders|…|status`: what the pages do, for whoever sits at a command line. */
import { parseSyncArguments, SYNC_USAGE, type SyncCommand } from "./sync/parse-sync-arguments.ts";
import { sayError } from "./sync/say-error.ts";

let command: SyncCommand;
try {
  command = parseSyncArguments(process.argv.slice(2));
} catch (error) {
  // The whole usage is longer than a screen.
  sayError((error as Error).message, "See `npm run sync -- --help`.");
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
