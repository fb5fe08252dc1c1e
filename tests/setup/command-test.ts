import { startWorker } from "#app/jobs/run-worker.server.ts";
import { createLog } from "#app/lib/log.server.ts";
import type { Env } from "#app/lib/parse-env.ts";
import type { SimulatorOptions } from "#simulator/start-simulator.ts";

import { installInSimulatedShop, type SimulatedShop } from "./simulated-shop.ts";
import { startSyncCommand, type RunningCommand } from "./sync-command.ts";
import { databaseTest } from "./test-database.ts";

/**
 * Tests of the command line on a database of their own: `run` and `start` a command as a process, `install` the app in a simulated
 * shop, `work` as its worker. What they started ends with the test.
 */
export const commandTest = databaseTest
  .extend("start", ({ database }, { onCleanup }) => {
    const commands: RunningCommand[] = [];
    onCleanup(async () => {
      for (const command of commands) command.kill();
      await Promise.all(commands.map(({ ended }) => ended));
    });
    return (args: string, env: Readonly<Record<string, string>> = {}) => {
      const command = startSyncCommand(args.split(" ").filter(Boolean), {
        DATABASE_URL: database.url,
        ...env,
      });
      commands.push(command);
      return command;
    };
  })
  .extend("run", ({ start }) => async (args: string, env: Readonly<Record<string, string>> = {}) => {
    const command = start(args, env);
    const code = await command.ended;
    return { code, stdout: command.stdout(), stderr: command.stderr() };
  })
  .extend("install", ({ database }, { onCleanup }) => {
    const shops: SimulatedShop[] = [];
    onCleanup(async () => {
      for (const { simulator } of shops) await simulator.close();
    });
    return async (options: SimulatorOptions = {}) => {
      const sim = await installInSimulatedShop(database, { orders: 20, seed: 3, ...options });
      shops.push(sim);
      const env: Record<string, string> = {
        SIMULATOR_URL: sim.simulator.url,
        SHOPIFY_API_KEY: sim.simulator.apiKey,
        SHOPIFY_API_SECRET: sim.simulator.apiSecret,
        SHOPIFY_APP_URL: "http://127.0.0.1:1",
      };
      return { ...sim, parsedEnv: sim.env, env };
    };
  })
  .extend("work", ({ database }, { onCleanup }) => {
    const stops: (() => Promise<void>)[] = [];
    onCleanup(async () => {
      for (const stop of stops) await stop();
    });
    return async ({ parsedEnv: env, fetch }: Pick<SimulatedShop, "fetch"> & { parsedEnv: Env }) => {
      const context = { env, database, log: createLog("silent"), now: () => new Date(), fetch };
      const worker = await startWorker(context, { databaseUrl: database.url });
      stops.push(() => worker.stop());
    };
  });
