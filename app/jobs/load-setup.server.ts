import { countSkuProblems } from "#app/erp/catalog/count-sku-problems.server.ts";
import type { SkuProblemCounts } from "#app/erp/catalog/workbench-views.ts";
import { listUnknownGateways } from "#app/erp/payments/list-unknown-gateways.server.ts";
import type { Db } from "#app/lib/db.server.ts";
import { LOOK_BACK_SCHEDULE } from "#app/settings/look-back-schedule.ts";
import { StoredSettings, type ShopSettings } from "#app/settings/settings-schema.ts";

import { readOrdersWindow } from "./job-catalogue.ts";

/** What is known of a shop's first set-up: facts of the database, so that no step is ticked because somebody clicked. */
export type Setup = {
  /** The date a person chose; null while it is only the day of installation. */
  cutOverAt: Date | null;
  productsSyncedAt: Date | null;
  /** When a dump ended that brought all Shopify tells this app of orders. */
  ordersDumpedAt: Date | null;
  /** The last dump that ended, with the period it was of. */
  lastDump: { at: Date; from: Date | null; until: Date | null } | null;
  /** Null before the first products have come. */
  skus: SkuProblemCounts | null;
  /** Gateway names that no rule knows; null before the first orders have come. */
  unknownGateways: number | null;
  schedulerOn: boolean;
  /** The kinds of write-back that are turned on; null where the stored settings cannot be read: then none is sent either. */
  writeBacksOn: WriteBackKind[] | null;
};

type WriteBackKind = keyof ShopSettings["writeBack"];
type Row = Pick<Setup, "cutOverAt" | "productsSyncedAt" | "ordersDumpedAt" | "schedulerOn"> & {
  settings: unknown;
  dumpedAt: Date | null;
  dumpOptions: unknown;
};

/** SQL: whether a dump was of all orders, or of all that Shopify tells an app without the permission read_all_orders (60 days). */
const isOfAll = `(options->>'from' is null and options->>'until' is null)`;
const isOfAllThatIsTold = `(options->>'until' is null
  and (options->>'from' is null or (options->>'from')::timestamptz <= "createdAt" - interval '59 days'))`;

/** How far a shop's first set-up is. */
export async function loadSetup(
  db: Db,
  { shop, mayReadAllOrders }: { shop: string; mayReadAllOrders: boolean },
): Promise<Setup> {
  const isDone = (jobType: string) => `shop = $1 and "jobType" = '${jobType}' and status = 'completed'`;
  const isWide = mayReadAllOrders ? isOfAll : isOfAllThatIsTold;
  const { rows } = await db.query<Row>(
    `select shop."cutOverAt", shop.settings, dump."finishedAt" as "dumpedAt", dump.options as "dumpOptions",
       (select max("finishedAt") from "SyncJob" where ${isDone("products")}) as "productsSyncedAt",
       (select max("finishedAt") from "SyncJob" where ${isDone("orders")} and ${isWide}) as "ordersDumpedAt",
       exists (select from "SchedulerState" where shop = $1 and schedule = $2 and enabled) as "schedulerOn"
     from (select $1::text as name) asked left join "Shop" shop on shop.shop = asked.name
     left join lateral (
       select "finishedAt", options from "SyncJob" where ${isDone("orders")} and "finishedAt" is not null
       order by "finishedAt" desc limit 1
     ) dump on true`,
    [shop, LOOK_BACK_SCHEDULE],
  );
  const [row] = rows;
  if (!row) throw new Error("a statement without FROM a table answered no row");
  const { settings, dumpedAt, dumpOptions, ...facts } = row;
  const stored = StoredSettings.safeParse(settings);
  const [skus, gateways] = await Promise.all([
    facts.productsSyncedAt && countSkuProblems(db, { shop }),
    dumpedAt && listUnknownGateways(db, { shop }),
  ]);
  return {
    ...facts,
    lastDump: dumpedAt && { at: dumpedAt, ...readOrdersWindow(dumpOptions) },
    skus,
    unknownGateways: gateways && gateways.length,
    writeBacksOn: stored.success ? turnedOn(stored.data.writeBack ?? {}) : null,
  };
}

function turnedOn(writeBack: Partial<Record<WriteBackKind, boolean | undefined>>): WriteBackKind[] {
  return (Object.keys(writeBack) as WriteBackKind[]).filter((kind) => writeBack[kind] === true);
}
