import type { Pool } from "pg";

import { inTransaction, type Db } from "#app/lib/db.server.ts";
import { recordAudit } from "#app/lib/record-audit.server.ts";
import { switchAllOff } from "#app/settings/switch-all-off.server.ts";

/**
 * `uninstalled` now; `known`: it was already; `installed-again` after that; `unknown`: no such shop here.
 */
export type UninstallOutcome = "uninstalled" | "known" | "installed-again" | "unknown";

/**
 * Shopify says that the app was removed from a shop at `at`: its tokens are dead. Ends what would use them (sessions,
 * jobs, schedules), all or nothing, any number of times; nobody asks Shopify for what such a shop waits for. Nothing is written back
 * any more, also after a new install, until a person switches it on again. The data stays: Shopify asks for its redaction 48
 * hours later. The news may come late and find the app installed again; then only what was switched on is switched off.
 */
export async function uninstallShop(
  pool: Pool,
  { shop, at, now }: { shop: string; at: Date; now: Date },
): Promise<UninstallOutcome> {
  return inTransaction(pool, async (tx) => {
    const known = await lockInstall(tx, { shop, at });
    if (!known) return "unknown";
    if (known.uninstalledAt) return "known";
    if (known.isInstalledSince) return "installed-again";
    const off = await switchAllOff(tx, { shop, actor: "shopify", now });
    if (known.hasNewerToken) return "installed-again";
    await tx.query(`update "Shop" set "uninstalledAt" = $2, "updatedAt" = $3 where shop = $1`, [
      ...[shop, at, now],
    ]);
    const sessions = await tx.query(`delete from "Session" where shop = $1`, [shop]);
    const jobs = await cancelJobs(tx, shop);
    const schedules = await tx.query(
      `update "SchedulerState" set enabled = false, "nextRunAt" = null where shop = $1 and enabled`,
      [shop],
    );
    await recordAudit(tx, {
      ...{ shop, actor: "shopify", action: "app.uninstalled", target: null, now },
      details: {
        at: at.toISOString(),
        ...{ sessions: sessions.rowCount ?? 0, jobs, schedules: schedules.rowCount ?? 0, off },
      },
    });
    return "uninstalled";
  });
}

/**
 * Locks the shop, before anything of it is touched. A token issued after `at` shows an install that came before this
 * news did, and that {@link recordInstall} could not tell from the one before. It lives an hour (Shopify's docs,
 * offline access tokens); a minute is for clocks that differ. If it is taken for an uninstall all the same, the next
 * page load installs anew.
 * @returns `isInstalledSince`: an earlier news of it was followed, and the app is installed again
 */
async function lockInstall(tx: Db, { shop, at }: { shop: string; at: Date }) {
  const { rows } = await tx.query<{
    uninstalledAt: Date | null;
    isInstalledSince: boolean;
    hasNewerToken: boolean;
  }>(
    `select "uninstalledAt", "installedAt" > $2::timestamptz as "isInstalledSince", exists (
         select from "Session"
          where id = 'offline_' || $1 and shop = $1 and expires - interval '1 hour' > $2::timestamptz + interval '1 minute'
       ) as "hasNewerToken"
     from "Shop" where shop = $1 for update`,
    [shop, at],
  );
  return rows[0];
}

/** As a person's cancel: a running job ends at its worker's next step, others at once. */
async function cancelJobs(tx: Db, shop: string): Promise<number> {
  const { rowCount } = await tx.query(
    `update "SyncJob" set
       "wish" = case when "status" = 'running' then 'cancel' end,
       "finishedAt" = case when "status" = 'running' then "finishedAt" else now() end,
       "step" = case when "status" = 'running' then "step" else 'Cancelled: the app was uninstalled' end,
       "status" = case when "status" = 'running' then 'running' else 'cancelled' end
     where "shop" = $1 and "status" in ('pending', 'running', 'paused')`,
    [shop],
  );
  return rowCount ?? 0;
}
