import path from "node:path";
import { startAppProxy } from "#simulator/admin/app-proxy.ts";
import { readAppScopes } from "#simulator/oauth/app-scopes.ts";
import { DEVELOPMENT_APP } from "#simulator/simulator-defaults.ts";
import { readAppSubscriptions } from "#simulator/webhooks/app-subscriptions.ts";
import { ensureBuild } from "./build-app.ts";
import { startChild, type Child } from "./start-child.ts";
import { WORKER_FLAGS } from "./worker-flags.ts";

const CHECKOUT = path.dirname(import.meta.dirname);

export type StackOptions = {
  /** Of a migrated database. */
  databaseUrl: string;
  /** The simulated store: how many orders, which seed, or a JSON file with any case put in by hand. */
  orders?: number;
  seed?: number;
  dataFile?: string;
  /** What the merchant grants; all by default. */
  scopes?: string[];
  /** Where to listen; 0 (the default) = any free port. */
  ports?: { simulator?: number; app?: number };
  /** Without a worker nothing is processed; true by default. */
  worker?: boolean;
  /** Runs once the store stands, before any process of the app can touch the database. */
  beforeApp?: (domain: string) => Promise<void>;
  /** Gets every line the processes write. */
  onLine?: (process: string, line: string) => void;
};

/** A running store and app: simulator, web process and worker as processes of their own, the tunnel's proxy here. */
export type Stack = {
  /** The app inside the store's Admin: the address to open. */
  adminUrl: string;
  /** The app as the browser reaches it. */
  appUrl: string;
  /** The web process itself, for whoever calls the HTTP API. */
  webUrl: string;
  simulatorUrl: string;
  /** The shop, like `sim-s1-n200.myshopify.com`. */
  domain: string;
  apiKey: string;
  apiSecret: string;
  /** What the processes wrote so far; for a test that must say why it failed. */
  output: () => string;
  /** Stops everything in order. */
  stop: () => Promise<void>;
};

/**
 * Builds the app if needed and starts a store with it. Uses free ports, so any number may run at once.
 * @throws Error with a process's own last words when it does not come up; the others are stopped then
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  await ensureBuild();
  const lines: string[] = [];
  const children: Child[] = [];
  const start = async (name: string, args: string[], ready: RegExp, env: Record<string, string> = {}) => {
    const child = await startChild({
      ...{ name, args, ready, cwd: CHECKOUT, env: { ...process.env, ...env } },
      onLine: (line) => {
        lines.push(`${name}: ${line}`);
        options.onLine?.(name, line);
      },
    });
    children.unshift(child);
    return child.ready;
  };
  let closeProxy = (): Promise<void> => Promise.resolve();
  const stop = async (): Promise<void> => {
    // The youngest first: what others lean on goes last.
    for (const child of children.splice(0)) await child.stop();
    await closeProxy();
  };

  try {
    const [, domain = "", simulatorPort = ""] = await start(
      "simulator",
      ["simulator/main.ts", ...simulatorArguments(options)],
      /Simulated shop (\S+) at http:\/\/127\.0\.0\.1:(\d+)/,
    );
    // Admin and app stand on one site (localhost), as admin.shopify.com lets an app's iframe have its storage.
    const simulatorUrl = `http://localhost:${simulatorPort}`;
    let webUrl: string | null = null;
    const proxy = await startAppProxy({ target: () => webUrl, simulatorUrl, port: options.ports?.app ?? 0 });
    closeProxy = proxy.close;
    await tellSimulator(simulatorUrl, proxy.url);
    await options.beforeApp?.(domain);

    const env = {
      NODE_ENV: "production",
      DATABASE_URL: options.databaseUrl,
      SIMULATOR_URL: simulatorUrl,
      APP_BRIDGE_URL: `${simulatorUrl}/app-bridge.js`,
      SHOPIFY_API_KEY: DEVELOPMENT_APP.apiKey,
      SHOPIFY_API_SECRET: DEVELOPMENT_APP.apiSecret,
      SHOPIFY_APP_URL: proxy.url,
      PORT: "0",
      // The app's secret is known to everybody: nobody but this machine may call.
      LISTEN_HOST: "127.0.0.1",
      // Their first lines say that they are ready.
      LOG_LEVEL: "info",
    };
    const preload = ["--import", "./simulator/preload.mjs"];
    const [[, webPort = ""]] = await Promise.all([
      start("web", [...preload, "app/server.ts"], /"port":(\d+),"msg":"web process listening"/, env),
      options.worker === false ||
        start("worker", [...WORKER_FLAGS, ...preload, "app/worker.ts"], /"msg":"the worker is ready"/, env),
    ]);
    webUrl = `http://127.0.0.1:${webPort}`;
    return {
      adminUrl: `${simulatorUrl}/`,
      ...{ appUrl: proxy.url, webUrl, simulatorUrl, domain },
      ...DEVELOPMENT_APP,
      output: () => lines.join("\n"),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function simulatorArguments({ orders, seed, dataFile, scopes, ports }: StackOptions): string[] {
  const given = {
    port: ports?.simulator ?? 0,
    orders,
    seed,
    data: dataFile,
    scopes: scopes?.join(","),
    "api-key": DEVELOPMENT_APP.apiKey,
    "api-secret": DEVELOPMENT_APP.apiSecret,
  };
  return Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, String(value)],
  );
}

/** The app's address, where each topic it declares goes, and its scopes, as an app's deployment tells Shopify. */
async function tellSimulator(simulatorUrl: string, appUrl: string): Promise<void> {
  const toml = path.join(CHECKOUT, "shopify.app.toml");
  const told = { webhooks: { appUrl, paths: readAppSubscriptions(toml) }, scopes: readAppScopes(toml) };
  for (const [what, body] of Object.entries(told)) {
    const response = await fetch(`${simulatorUrl}/control/${what}`, {
      ...{ method: "POST", body: JSON.stringify(body) },
    });
    if (!response.ok)
      throw new Error(`The simulator does not take the app's ${what}: ${await response.text()}`);
  }
}
