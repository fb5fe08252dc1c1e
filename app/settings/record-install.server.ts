import type { Db } from "#app/lib/db.server.ts";

/** What is known of a shop when it installs the app; null leaves what was known before. */
export type InstalledProfile = {
  name: string;
  currency: string;
  timeZone: string;
  locale: string;
  taxesIncluded: boolean;
} | null;

/**
 * Remembers that a shop has the app, with the scopes it granted. Can run any number of times, at once in
 * several processes: the first time of an install stays its time; after an uninstall it is a new one.
 */
export async function recordInstall(
  db: Db,
  { shop, scopes, profile, now }: { shop: string; scopes: string[]; profile: InstalledProfile; now: Date },
): Promise<void> {
  await db.query(
    `insert into "Shop" as known (shop, scopes, name, currency, "timeZone", locale, "taxesIncluded", "installedAt", "updatedAt")
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
     on conflict (shop) do update set
       scopes = excluded.scopes,
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
    ],
  );
}
