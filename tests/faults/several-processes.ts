import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "#app/lib/db.server.ts";
import type { Simulator } from "#simulator/start-simulator.ts";
import { readAppSubscriptions } from "#simulator/webhooks/app-subscriptions.ts";
import { installInSimulatedShop } from "#tests/setup/simulated-shop.ts";
import type { Child } from "../../scripts/start-child.ts";
import { findFreePort } from "./app-processes.ts";
import { waitForRest } from "./at-rest.ts";
import { startForwarder } from "./forward.ts";
import type { OwnPostgres } from "./own-postgres.ts";
import { createStarter, ORDERLY_END_MS, type LogLine } from "./start-processes.ts";
import { createToldLog, type ToldLog } from "./told-log.ts";

const CHECKOUT = path.resolve(import.meta.dirname, "../..");
/** Every third delivery goes to both web processes at once, the others to one and then to the other. */
const TO_BOTH_EVERY = 3;
const BETWEEN_ORDERS_MS = 150;

type Shop = { shop: string; simulator: Simulator; told: ToldLog };

/** Two shops whose webhooks are spread over two web processes, and two workers, on one database. */
export type SeveralProcesses = {
  database: Database;
  shops: readonly Shop[];
  /** What the processes wrote, oldest first. */
  lines: readonly LogLine[];
  /** Ids of deliveries that both web processes have taken. */
  sent: { toBoth: ReadonlySet<string> };
  startWorker(name: string): Promise<void>;
  startWeb(name: "web 1" | "web 2"): Promise<void>;
  /** SIGTERM. @returns its exit code */
  stop(name: string): Promise<number | null>;
  /** SIGTERM to all that run, at once. @returns their exit codes by name */
  stopAll(): Promise<Record<string, number | null>>;
  /** Buyers place so many orders in each shop, a few each second. */
  placeOrders(count: number): Promise<void>;
  /** SIGKILL. */
  kill(name: string): Promise<void>;
  /** Waits until nothing waits in either shop. */
  rest(): Promise<void>;
  /** Writes what the processes wrote into a file. @returns its path */
  keepOutput(): Promise<string>;
  close(): Promise<void>;
};

export async function startSeveralProcesses(postgres: OwnPostgres): Promise<SeveralProcesses> {
  const database = await postgres.newDatabase();
  const ports = { "web 1": await findFreePort(), "web 2": await findFreePort() };
  const webs = Object.values(ports).map((port) => `http://127.0.0.1:${String(port)}`);
  const toBoth = new Set<string>();
  let deliveries = 0;
  const front = await startForwarder(
    () => {
      deliveries++;
      return deliveries % TO_BOTH_EVERY === 0 ? webs : webs.slice(deliveries % 2).slice(0, 1);
    },
    (headers, statuses) => {
      const id = headers["x-shopify-webhook-id"];
      if (typeof id === "string" && statuses.filter((status) => status === 200).length === 2) toBoth.add(id);
    },
  );
  const shops: Shop[] = [];
  for (const [seed, orders] of [
    [21, 260],
    [22, 140],
  ] as const) {
    const told = createToldLog();
    const { simulator, shop } = await installInSimulatedShop(database, {
      ...{ orders, seed, appUrl: front.url, bulkRunDelayMs: 3_000 },
      webhookPaths: readAppSubscriptions(path.join(CHECKOUT, "shopify.app.toml")),
      webhookRetryWaitsMs: [100, 300, 700, 1500, 3000, 5000, 8000, 10_000],
      ...{ bucketSize: 20_000, restoreRate: 5_000 },
      tell: (happenings) => {
        told.note(happenings);
      },
    });
    shops.push({ simulator, shop, told });
  }
  const shopify = await startForwarder((headers) =>
    shops.filter(({ shop }) => shop === headers["x-simulated-host"]).map(({ simulator }) => simulator.url),
  );
  const [one] = shops;
  if (!one) throw new Error("No shop");
  const lines: LogLine[] = [];
  const starter = await createStarter(
    {
      DATABASE_URL: database.url,
      SIMULATOR_URL: shopify.url,
      SHOPIFY_API_KEY: one.simulator.apiKey,
      SHOPIFY_API_SECRET: one.simulator.apiSecret,
      SHOPIFY_APP_URL: front.url,
    },
    (line) => lines.push(line),
  );
  const running = new Map<string, Child>();
  const take = (name: string) => {
    const child = running.get(name);
    if (!child) throw new Error(`${name} does not run`);
    running.delete(name);
    return child;
  };
  const several: SeveralProcesses = {
    ...{ database, shops, lines, sent: { toBoth } },
    async startWorker(name) {
      running.set(name, await starter.startWorker({ name }));
    },
    async startWeb(name) {
      running.set(name, await starter.startWeb({ name, port: ports[name] }));
    },
    stop: (name) => take(name).stop(ORDERLY_END_MS),
    async stopAll() {
      const ended = [...running.keys()]
        .sort()
        .map(async (name) => [name, await take(name).stop(ORDERLY_END_MS)] as const);
      return Object.fromEntries(await Promise.all(ended));
    },
    async placeOrders(count) {
      for (let n = 0; n < count; n++) {
        for (const { simulator } of shops) {
          const variant = simulator.store.collection("productVariants")?.at(n).id ?? "";
          simulator.act({ act: "placeOrder", lines: [{ variant, quantity: 1 }], payment: "paid" });
        }
        await sleep(BETWEEN_ORDERS_MS);
      }
    },
    kill: (name) => take(name).kill(),
    async rest() {
      for (const { shop } of shops) await waitForRest(database, shop);
    },
    async keepOutput() {
      const file = path.join(await mkdtemp(path.join(tmpdir(), "several-processes-")), "processes.log");
      await writeFile(file, starter.output());
      return file;
    },
    async close() {
      await starter.close();
      for (const { simulator } of shops) await simulator.close();
      await Promise.all([front.close(), shopify.close()]);
    },
  };
  try {
    await Promise.all([
      ...(["web 1", "web 2"] as const).map((name) => several.startWeb(name)),
      ...["worker 1", "worker 2"].map((name) => several.startWorker(name)),
    ]);
    return several;
  } catch (error) {
    await several.close();
    throw error;
  }
}
