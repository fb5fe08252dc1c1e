import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

const STOP_GRACE_MS = 15_000;
const READY_WITHIN_MS = 60_000;
const LAST_WORDS = 20;

export type Child = {
  /** What `ready` matched. */
  ready: RegExpExecArray;
  /** Asks it to end in order (SIGTERM), and ends it after 15 s, or `graceMs`. @returns its exit code; null = it was killed */
  stop: (graceMs?: number) => Promise<number | null>;
  /** Ends it at once (SIGKILL), as a machine that fails does. */
  kill: () => Promise<void>;
  /** Holds it still where it is (SIGSTOP) until `goOn` (SIGCONT) or `kill`. */
  holdStill: () => void;
  goOn: () => void;
};

/**
 * Starts a Node program and waits until a line it writes matches `ready`.
 * @throws Error with its last words if it ends before, or is not ready within a minute
 */
export async function startChild(options: {
  name: string;
  args: string[];
  ready: RegExp;
  cwd: string;
  env: NodeJS.ProcessEnv;
  onLine: (line: string) => void;
}): Promise<Child> {
  const child = spawn(process.execPath, options.args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  // Whatever ends this process ends its children too.
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  child.once("exit", () => process.removeListener("exit", end));

  const lastWords: string[] = [];
  const found = Promise.withResolvers<RegExpExecArray>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      lastWords.push(line);
      if (lastWords.length > LAST_WORDS) lastWords.shift();
      options.onLine(line);
      const match = options.ready.exec(line);
      if (match) found.resolve(match);
    });
  }
  const stop = async (graceMs = STOP_GRACE_MS): Promise<number | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    child.kill("SIGTERM");
    const timer = setTimeout(end, graceMs);
    await ended;
    clearTimeout(timer);
    return child.exitCode;
  };

  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    end();
    await ended;
  };

  const holdStill = () => void child.kill("SIGSTOP");
  const goOn = () => void child.kill("SIGCONT");

  const tooLate = new AbortController();
  try {
    const ready = await Promise.race([
      found.promise,
      ended.then(() => null),
      sleep(READY_WITHIN_MS, null, { signal: tooLate.signal }),
    ]);
    if (ready) return { ready, stop, kill, holdStill, goOn };
    throw new Error(`The ${options.name} did not start:\n${lastWords.join("\n")}`);
  } catch (error) {
    await stop();
    throw error;
  } finally {
    tooLate.abort();
  }
}
