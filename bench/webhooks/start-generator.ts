import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { LoadCommand, LoadReport, RunFigures, RunOptions } from "./load-messages.ts";
import type { DeliveriesOptions } from "./make-deliveries.ts";

export type Generator = {
  /** Makes the bodies of the next runs; how many orders there are, and how large the average body. */
  prepare(options: DeliveriesOptions): Promise<{ orders: number; averageBytes: number }>;
  run(options: RunOptions, more?: { keepAnswers?: boolean }): Promise<RunFigures>;
  /** Ends the run under way before its time. */
  cutShort(): void;
  stop(): Promise<void>;
};

/** The load generator, in a process of its own. */
export function startGenerator(): Generator {
  const child = fork(join(import.meta.dirname, "load-generator.ts"));
  const ended = once(child, "exit");
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  const tell = (command: LoadCommand) => child.send(command);
  const ask = async (command: LoadCommand): Promise<LoadReport> => {
    const answer = once(child, "message") as Promise<[LoadReport]>;
    tell(command);
    const report = await Promise.race([answer, ended.then(() => null)]);
    if (!report) throw new Error("The load generator ended before its run did");
    return report[0];
  };
  return {
    async prepare(options) {
      const report = await ask({ prepare: options });
      if (!("prepared" in report)) throw new Error("The load generator answered something else");
      return report.prepared;
    },
    async run(options, { keepAnswers = false } = {}) {
      const report = await ask({ run: options, keepAnswers });
      if (!("ran" in report)) throw new Error("The load generator answered something else");
      return report.ran;
    },
    cutShort: () => tell({ stop: true }),
    async stop() {
      process.removeListener("exit", end);
      end();
      await ended;
    },
  };
}
