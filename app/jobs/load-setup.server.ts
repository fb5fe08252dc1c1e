import { countSkuProblems, type SkuProblemCounts } from "#app/erp/catalog/count-sku-problems.server.ts";
import { listUnknownGateways } from "#app/erp/payments/list-unknown-gateways.server.ts";
import type { Db } from "#app/lib/db.server.ts";
import { LOOK_BACK_SCHEDULE } from "#app/settings/look-back-schedule.ts";
import { StoredSettings } from "#app/settings/settings-schema.ts";

/** What is known of a shop's first set-up: facts of the database, so that no step is ticked because somebody clicked. */
export type Setup = {
  /** The date a person chose; null while it is only the day of installation. */
  cutOverAt: Date | null;
  productsSyncedAt: Date | null;
  ordersDumpedAt: Date | null;
  /** Null before the first products have come. */
  skus: SkuProblemCounts | null;
  /** Gateway names that no rule knows; null before the first orders have come. */
  unknownGateways: number | null;
  schedulerOn: boolean;
  /** How many kinds of write-back are turned on. */
  writeBacksOn: number;
};

type Row = Omit<Setup, "skus" | "unknownGateways" | "writeBacksOn"> & { settings: unknown };

/** How far a shop's first set-up is. Stored settings that cannot be read count as no write-back: then none is sent either. */
export async function loadSetup(db: Db, { shop }: { shop: string }): Promise<Setup> {
  const lastOf = (jobType: string) =>
    `(select max("finishedAt") from "SyncJob" where shop = $1 and "jobType" = '${jobType}' and status = 'completed')`;
  const { rows } = await db.query<Row>(
    `select shop."cutOverAt", shop.settings, ${lastOf("products")} as "productsSyncedAt", ${lastOf("orders")} as "ordersDumpedAt",
       exists (select from "SchedulerState" where shop = $1 and schedule = $2 and enabled) as "schedulerOn"
     from (select $1::text as name) asked left join "Shop" shop on shop.shop = asked.name`,
    [shop, LOOK_BACK_SCHEDULE],
  );
  const [row] = rows;
  if (!row) throw new Error("a statement without FROM a table answered no row");
  const { settings, ...facts } = row;
  const stored = StoredSettings.safeParse(settings);
  const [skus, gateways] = await Promise.all([
    facts.productsSyncedAt && countSkuProblems(db, { shop }),
    facts.ordersDumpedAt && listUnknownGateways(db, { shop }),
  ]);
  return {
    ...facts,
    skus,
    unknownGateways: gateways && gateways.length,
    writeBacksOn: stored.success ? Object.values(stored.data.writeBack ?? {}).filter(Boolean).length : 0,
  };
}
