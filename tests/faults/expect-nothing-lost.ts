import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "vitest";
import { compareStoreWithErp } from "./compare-store-with-erp.ts";
import type { LivingShop } from "./living-shop.ts";

/**
 * The look-back for what no webhook brought, rest, and then: the ERP is as the store, and what was answered 200 stands in the
 * log, once.
 * @param isLost deliveries were lost for good: the dumps too, for deleted records are in no look-back
 */
export async function expectNothingLost(
  living: LivingShop,
  { isLost = false }: { isLost?: boolean } = {},
): Promise<void> {
  await living.runJob("look-back");
  if (isLost)
    for (const jobType of ["products", "customers", "orders", "inventory"] as const)
      await living.runJob(jobType);
  await living.rest();
  const differences = await compareStoreWithErp(living);
  const kept = differences.length > 0 ? await keepEvidence(living, differences) : "";
  expect(differences, kept).toEqual([]);
  expect(await answeredButNotInTheLog(living)).toEqual([]);
}

async function answeredButNotInTheLog({ simulator, database, shop }: LivingShop): Promise<unknown[]> {
  const answered = simulator.webhooks.deliveries().filter(({ status }) => status === 200);
  const ids = [...new Set(answered.map(({ webhookId }) => webhookId))];
  const { rows } = await database.pool.query<{ id: string }>(
    `select id from unnest($2::text[]) as told (id)
     where not exists (select 1 from "WebhookDelivery" d where d.shop = $1 and d."webhookId" = told.id)`,
    [shop, ids],
  );
  return rows;
}

/** What the app has of the records that differ, and what its processes wrote: the database is gone when the test ends. */
async function keepEvidence(living: LivingShop, differences: readonly string[]): Promise<string> {
  const { database, postgres, shop, simulator, app } = living;
  const folder = await mkdtemp(path.join(tmpdir(), `faults-${shop}-`));
  const ids = [...new Set(differences.flatMap((line) => /\d{6,}(?:@\d+)?/.exec(line)?.[0] ?? []))];
  const records: Record<string, unknown> = { differences };
  for (const table of ["Order", "Product", "Customer", "Inventory"].map((kind) => `Shopify${kind}Cache`))
    records[table] = await rowsOf(database, `select * from "${table}" where shop = $1 and id = any($2)`);
  records["slots"] = await rowsOf(
    database,
    `select * from "ShopifyCacheSlot" where shop = $1 and id = any($2)`,
  );
  records["log"] = await rowsOf(
    database,
    `select * from "WebhookDelivery" where shop = $1 and cardinality($2::text[]) > 0 order by "receivedAt"`,
  );
  records["sent"] = simulator.webhooks.deliveries();
  await writeFile(path.join(folder, "records.json"), JSON.stringify(records, null, 1));
  await writeFile(path.join(folder, "processes.log"), app.output());
  await writeFile(path.join(folder, "postgres.log"), await postgres.log());
  return `What the app had and wrote is kept in ${folder}`;

  async function rowsOf({ pool }: LivingShop["database"], sql: string): Promise<unknown[]> {
    const { rows } = await pool.query<Record<string, unknown>>(sql, [shop, ids]);
    return rows;
  }
}
