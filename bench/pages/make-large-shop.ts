import type { Database } from "#app/lib/db.server.ts";
import { runAndFollow } from "../../scripts/follow-job.ts";
import { installApp } from "../../scripts/install-app.ts";
import { startStack, type Stack } from "../../scripts/start-stack.ts";
import { fillHistory } from "./fill-history.ts";
import { multiplyShop } from "./multiply-shop.ts";

/** So many orders the app itself brings into the ERP; the others are copies of them. */
const SYNCED = 2000;

export type LargeShop = Stack & {
  /** The web process itself, not the tunnel in front of it. */
  webUrl: string;
};

/** A shop with as many orders as asked and all that belongs to them, behind a simulated Admin and the web process; no worker runs. */
export async function makeLargeShop(
  database: Database,
  { orders, seed, say }: { orders: number; seed: number; say: (text: string) => void },
): Promise<LargeShop> {
  const store = { databaseUrl: database.url, orders: Math.min(orders, SYNCED), seed };
  say(`a store of ${store.orders.toLocaleString("en")} orders comes into the ERP`);
  const syncing = await startStack(store);
  try {
    await installApp(syncing);
    for (const jobType of ["products", "customers", "orders", "inventory"] as const) {
      const signal = AbortSignal.timeout(300_000);
      const job = await runAndFollow(database, {
        ...{ shop: syncing.domain, jobType, say: () => undefined, signal },
      });
      if (job.status !== "completed") throw new Error(`The sync of ${jobType} ended as ${job.status}`);
    }
  } finally {
    await syncing.stop();
  }
  const began = performance.now();
  await multiplyShop(database.pool, { shop: syncing.domain, orders });
  await fillHistory(database.pool, { shop: syncing.domain });
  say(
    `${orders.toLocaleString("en")} orders with all their parts, in ${((performance.now() - began) / 1000).toFixed(0)} s`,
  );

  let port = "";
  const stack = await startStack({
    ...{ ...store, worker: false },
    onLine: (name, line) => {
      if (name === "web") port ||= /"port":(\d+),"msg":"web process listening"/.exec(line)?.[1] ?? "";
      if (/"level":"(warn|error|fatal)"/.test(line)) say(`${name}: ${line.slice(0, 600)}`);
    },
  });
  try {
    await installApp(stack);
    return { ...stack, webUrl: `http://127.0.0.1:${port}` };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}
