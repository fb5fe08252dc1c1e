import path from "node:path";
import { DEVELOPMENT_APP } from "#simulator/simulator-defaults.ts";
import { ensureBuild } from "../../scripts/build-app.ts";
import { startChild, type Child } from "../../scripts/start-child.ts";

/** Who is sent the deliveries: our whole web process, the bare server, or the bare server that only inserts. */
export const receiverNames = ["ours", "bare", "floor"] as const;
export type ReceiverName = (typeof receiverNames)[number];

export type Receivers = { urls: Record<ReceiverName, string>; stop: () => Promise<void> };

const CHECKOUT = path.join(import.meta.dirname, "../..");

/** Starts the receivers on one database, each in a process of its own. */
export async function startReceivers(databaseUrl: string): Promise<Receivers> {
  await ensureBuild();
  const children: Child[] = [];
  const stop = async () => {
    for (const child of children.splice(0)) await child.stop();
  };
  const start = async (name: string, args: string[], ready: RegExp) => {
    let complaints = 0;
    const child = await startChild({
      ...{ name, args, ready, cwd: CHECKOUT },
      env: {
        ...process.env,
        NODE_ENV: "production",
        DATABASE_URL: databaseUrl,
        SHOPIFY_API_KEY: DEVELOPMENT_APP.apiKey,
        SHOPIFY_API_SECRET: DEVELOPMENT_APP.apiSecret,
        SHOPIFY_APP_URL: "http://localhost",
        PORT: "0",
        LOG_LEVEL: "info",
      },
      onLine: (line) => {
        // A fault comes with every delivery: the first few lines say what it is.
        if (/"level":"(warn|error|fatal)"|^\w*error/i.test(line) && ++complaints <= 5)
          process.stderr.write(`${name}: ${line}\n`);
      },
    });
    children.push(child);
    return `http://127.0.0.1:${child.ready[1] ?? ""}`;
  };
  try {
    const bare = "bench/webhooks/bare-server.ts";
    const urls = {
      ours: await start("web process", ["app/server.ts"], /"port":(\d+),"msg":"web process listening"/),
      bare: await start("bare server", [bare], /listening on port (\d+)/),
      floor: await start("floor server", [bare, "floor"], /listening on port (\d+)/),
    };
    return { urls, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
