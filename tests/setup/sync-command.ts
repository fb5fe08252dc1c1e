import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

const CHECKOUT = path.resolve(import.meta.dirname, "../..");

/** Unless told of a simulator: nothing leaves this machine. */
const nowhere = { SIMULATOR_URL: "http://127.0.0.1:1" };

/** A command as a process of its own in a pipe, which reaches the simulator instead of Shopify. */
export type RunningCommand = {
  stdout: () => string;
  stderr: () => string;
  /** As Ctrl-C does. */
  interrupt: () => void;
  /** Resolves with the exit code when it has ended. */
  ended: Promise<number | null>;
  /** Ends it at once, whatever it does. */
  kill: () => void;
};

/** `npm run sync -- args`. @param env the whole environment, but for PATH and HOME */
export function startSyncCommand(args: string[], env: Readonly<Record<string, string>>): RunningCommand {
  const child = spawn(process.execPath, ["--import", "./simulator/preload.mjs", "scripts/sync.ts", ...args], {
    cwd: CHECKOUT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: "production", ...nowhere, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said.stderr += chunk.toString()));
  return {
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    interrupt: () => void child.kill("SIGINT"),
    ended: once(child, "close").then(([code]) => code as number | null),
    kill: () => void child.kill("SIGKILL"),
  };
}
