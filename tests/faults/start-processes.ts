import path from "node:path";
import { ensureBuild } from "../../scripts/build-app.ts";
import { startChild, type Child } from "../../scripts/start-child.ts";

const CHECKOUT = path.resolve(import.meta.dirname, "../..");
const SET_CLOCK = new URL("./set-clock.ts", import.meta.url).href;
/** A worker that is asked to end lets its batches commit, which takes a busy machine its time. */
export const ORDERLY_END_MS = 90_000;
const KEPT_LINES = 4_000;

/** A line that a process wrote, as the app logs. */
export type LogLine = { process: string; jobId?: string; msg: string };

/** Starts processes of the app as production does, each like the others. */
export type Starter = {
  /** @param name as its lines say it */
  startWeb(options?: { name?: string; port?: number }): Promise<Child>;
  startWorker(options?: { name?: string; clockAheadMs?: number }): Promise<Child>;
  /** What they wrote last; for a test that must say why it failed. */
  output: () => string;
  /** Ends all of them at once. */
  close: () => Promise<void>;
};

/**
 * @param env of all: database, simulator, the app's credentials and port
 * @param onLine is handed each line as it is written
 */
export async function createStarter(
  env: Readonly<Record<string, string>>,
  onLine: (line: LogLine) => void = () => undefined,
): Promise<Starter> {
  await ensureBuild();
  process.setMaxListeners(200); // each child is ended when this process ends
  const children: Child[] = [];
  const lines: string[] = [];
  const start = async (name: string, entry: string, ready: RegExp, more: Record<string, string> = {}) => {
    const preloads = ["./simulator/preload.mjs", ...("CLOCK_AHEAD_MS" in more ? [SET_CLOCK] : [])];
    const child = await startChild({
      ...{ name, ready, cwd: CHECKOUT },
      args: [...preloads.flatMap((file) => ["--import", file]), entry],
      env: { ...process.env, NODE_ENV: "production", LOG_LEVEL: "info", ...env, ...more },
      onLine: (line) => {
        if (lines.push(`${name}: ${line}`) > KEPT_LINES) lines.shift();
        const read = readLine(line);
        if (read) onLine({ process: name, ...read });
      },
    });
    children.push(child);
    return child;
  };
  return {
    startWeb: ({ name = "web", port } = {}) =>
      start(
        ...([name, "app/server.ts", /web process listening/] as const),
        port === undefined ? {} : { PORT: String(port) },
      ),
    startWorker: ({ name = "worker", clockAheadMs = 0 } = {}) =>
      start(
        ...([name, "app/worker.ts", /the worker is ready/] as const),
        clockAheadMs > 0 ? { CLOCK_AHEAD_MS: String(clockAheadMs) } : {},
      ),
    output: () => lines.join("\n"),
    async close() {
      for (const child of children) await child.kill();
    },
  };
}

function readLine(line: string): { jobId?: string; msg: string } | null {
  try {
    const { jobId, msg } = JSON.parse(line) as { jobId?: unknown; msg?: unknown };
    return typeof msg === "string" ? { msg, ...(typeof jobId === "string" ? { jobId } : {}) } : null;
  } catch {
    return null;
  }
}
