import type { Pool } from "pg";

import { inTransaction } from "#app/lib/db.server.ts";

import { makeFetchesDue } from "./make-fetches-due.server.ts";
import { switchAllOff } from "./switch-all-off.server.ts";

/** What is known of a shop when it installs the app; null leaves what was known before. */
export type InstalledProfile = {
  name: string;
  currency: string;
  timeZone: string;
  locale: string;
  taxesIncluded: boolean;
} | null;

/**
 * Remembers that a shop has the app, with the scopes it granted, unless newer ones are known. Can run any number of times, at once in
 * several processes: the first time of an install stays its time; after an uninstall it is a new one, and what waited
 * to be fetched from Shopify is due again. Nothing is written back until a person switches it on anew.
 * @param scopesAt when Shopify told the scopes; left out: now
 */
export async function recordInstall(
  pool: Pool,
  {
    shop,
    scopes,
    profile,
    now,
    scopesAt = now,
  }: { shop: string; scopes: string[]; profile: InstalledProfile; now: Date; scopesAt?: Date },
): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const { rows } = await tx.query(
      `select from "Shop" where shop = $1 and "uninstalledAt" is not null for update`,
      [shop],
    );
    await tx.query(
      `insert into "Shop" as known
         (shop, scopes, "scopesAt", name, currency, "timeZone", locale, "taxesIncluded", "installedAt", "updatedAt")
       values ($1, $2, $9, $3, $4, $5, $6, $7, $8, $8)
       on conflict (shop) do update set
         scopes = case when known."scopesAt" > excluded."scopesAt" then known.scopes else excluded.scopes end,
         "scopesAt" = greatest(known."scopesAt", excluded."scopesAt"),
         name = coalesce(excluded.name, known.name),
         currency = coalesce(excluded.currency, known.currency),
         "timeZone" = coalesce(excluded."timeZone", known."timeZone"),
         locale = coalesce(excluded.locale, known.locale),
         "taxesIncluded" = coalesce(excluded."taxesIncluded", known."taxesIncluded"),
         "installedAt" = case when known."uninstalledAt" is null then known."installedAt" else excluded."installedAt" end,
         "uninstalledAt" = null,
         "updatedAt" = excluded."updatedAt"`,
      [
        shop,
        scopes,
        profile?.name ?? null,
        profile?.currency ?? null,
        profile?.timeZone ?? null,
        profile?.locale ?? null,
        profile?.taxesIncluded ?? null,
        now,
        scopesAt,
      ],
    );
    if (rows.length === 0) return;
    await makeFetchesDue(tx, shop);
    // The uninstall has done it, but for one of a version that did not.
    await switchAllOff(tx, { shop, actor: "shopify", now });
  });
}
