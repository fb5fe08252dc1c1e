import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "#app/lib/db.server.ts";
import { runAndFollow } from "../../scripts/follow-job.ts";
import { installApp } from "../../scripts/install-app.ts";
import { startStack } from "../../scripts/start-stack.ts";

export type BenchShop = {
  shop: string;
  secret: string;
  /** The web process itself, not the tunnel in front of it. */
  webUrl: string;
  stop: () => Promise<void>;
};

/** Simulated store, web process and worker, with the app installed and products and customers in the ERP. */
export async function startShop(
  database: Database,
  { orders, seed, say }: { orders: number; seed: number; say: (text: string) => void },
): Promise<BenchShop> {
  let port: string | undefined;
  const stack = await startStack({
    ...{ databaseUrl: database.url, orders, seed },
    onLine: (name, line) => {
      port ??= name === "web" ? /"port":(\d+),"msg":"web process listening"/.exec(line)?.[1] : undefined;
      if (/"level":"(warn|error|fatal)"/.test(line)) say(`${name}: ${line}`);
    },
  });
  try {
    await installApp(stack);
    for (const jobType of ["products", "customers"] as const) {
      const signal = new AbortController().signal;
      const job = await runAndFollow(database, { shop: stack.domain, jobType, say: () => undefined, signal });
      if (job.status !== "completed") throw new Error(`The sync of ${jobType} ended as ${job.status}`);
      say(`${jobType}: ${String(job.processed)} in the ERP`);
    }
    while (port === undefined) await sleep(10);
    const { domain: shop, apiSecret: secret, stop } = stack;
    return { shop, secret, webUrl: `http://127.0.0.1:${port}`, stop };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}
