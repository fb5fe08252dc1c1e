import { openDatabase, type Database } from "#app/lib/db.server.ts";
import { ensurePostgres } from "../../scripts/postgres.ts";
import { createThrowawayDatabase } from "../../scripts/throwaway-database.ts";
import { RoadFailed } from "./check-run.ts";
import { measureThroughput } from "./measure-throughput.ts";
import { measureToErp } from "./measure-to-erp.ts";
import { measureWhileImporting } from "./measure-while-importing.ts";
import { reportWebhooks } from "./report-webhooks.ts";
import { startGenerator, type Generator } from "./start-generator.ts";
import { startShop } from "./start-shop.ts";

export type WebhooksBenchOptions = {
  /** Of one measured run of throughput; deliveries to the ERP come for twelve times as long. */
  seconds: number;
  importSeconds: number;
  repeat: number;
  /** The store that is imported while deliveries come. */
  orders: number;
  seed: number;
  json: boolean;
};

/**
 * The webhook bench: what our whole road costs beside a bare server with the same HMAC and the same SQL, on one database;
 * then how fast a delivery is in the ERP, and how fast it is answered while a dump is imported. Returns the exit code:
 * 2 for options that do not fit, 1 when a delivery was lost or not answered 200, or the import failed.
 */
export async function runWebhooksBench(options: WebhooksBenchOptions): Promise<number> {
  const say = (text: string) => process.stderr.write(`${text}\n`);
  const { forErp, forImport } = ordersNeeded(options);
  if (options.orders < forErp + forImport) {
    say(`Deliveries for so many seconds need --orders of at least ${String(forErp + forImport)}`);
    return 2;
  }
  const server = await ensurePostgres();
  const generator = startGenerator();
  try {
    const throughput = await withDatabase(server.url, ({ pool, url }) =>
      measureThroughput(pool, url, generator, { ...options, say }),
    );
    const living = await withDatabase(server.url, (database) =>
      measureLivingShop(database, generator, { ...options, say }),
    );
    reportWebhooks({ throughput, ...living }, options.json);
    return 0;
  } catch (error) {
    if (!(error instanceof RoadFailed)) throw error;
    console.error(error.message);
    return 1;
  } finally {
    await generator.stop();
    await server.stop();
  }
}

async function measureLivingShop(
  database: Database,
  generator: Generator,
  options: WebhooksBenchOptions & { say: (text: string) => void },
) {
  const { orders, seed, importSeconds, say } = options;
  const shop = await startShop(database, { orders, seed, say });
  try {
    const { forErp, forImport, toErpSeconds } = ordersNeeded(options);
    say("rendering orders of the store");
    const common = { orders, seed, shop: shop.shop, secret: shop.secret };
    await generator.prepare({ ...common, skip: 0, count: forErp });
    say(`50 deliveries a second for ${String(toErpSeconds)} s, on their way to the ERP`);
    const toErp = await measureToErp(database.pool, generator, { ...shop, seconds: toErpSeconds });
    await generator.prepare({ ...common, skip: forErp, count: forImport });
    say(`importing ${orders.toLocaleString("en")} orders`);
    const importing = await measureWhileImporting(database, generator, {
      ...shop,
      seconds: importSeconds,
      say,
    });
    return { toErp, importing };
  } finally {
    await shop.stop();
  }
}

/** How many orders deliveries are made of: 25 a second are new on their way to the ERP, up to 150 while importing. */
function ordersNeeded({ seconds, importSeconds }: WebhooksBenchOptions) {
  const toErpSeconds = seconds * 12;
  return { toErpSeconds, forErp: toErpSeconds * 25 + 200, forImport: importSeconds * 150 };
}

async function withDatabase<T>(serverUrl: string, work: (database: Database) => Promise<T>): Promise<T> {
  const { url, drop } = await createThrowawayDatabase(serverUrl);
  const database = openDatabase(url, { poolSize: 4, applicationName: "bench" });
  try {
    return await work(database);
  } finally {
    await database.close();
    await drop();
  }
}
