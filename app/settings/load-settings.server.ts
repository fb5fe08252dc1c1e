import { z } from "zod";

import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";

import { defaultSettings } from "./default-settings.ts";
import { mergeSettings } from "./merge-settings.ts";
import { StoredSettings } from "./settings-schema.ts";
import type { ShopSettings } from "./settings-schema.ts";

/** A shop's settings, and the date before which its orders are history. */
export type LoadedSettings = ShopSettings & {
  /** The date the shop chose; until it does, the day it installed the app. Null for a shop never installed. */
  cutOverAt: Date | null;
};

/**
 * What a shop has chosen, with the defaults for everything it has not.
 * @param keep in a transaction: nobody saves other settings before it ends, so that what was computed by them is there
 *   when whoever saves others looks for what to compute again
 * @throws AppError VALIDATION if what is stored is not valid; guessing could let something leave for Shopify.
 */
export async function loadSettings(
  db: Db,
  { shop, keep = false }: { shop: string; keep?: boolean },
): Promise<LoadedSettings> {
  const { rows } = await db.query<{ settings: unknown; cutOverAt: Date }>(
    `select settings, coalesce("cutOverAt", "installedAt") as "cutOverAt" from "Shop" where shop = $1
     ${keep ? "for key share" : ""}`,
    [shop],
  );
  const row = rows[0];
  if (row === undefined) return { ...defaultSettings, cutOverAt: null };
  const stored = StoredSettings.safeParse(row.settings);
  if (!stored.success)
    throw new AppError("VALIDATION", `The stored settings are not valid: ${z.prettifyError(stored.error)}`);
  return { ...mergeSettings(defaultSettings, stored.data), cutOverAt: row.cutOverAt };
}
