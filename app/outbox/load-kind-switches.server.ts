import type { Db } from "#app/lib/db.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { kindSwitches, type KindSwitches } from "./intent-standing.ts";

/**
 * Which kinds leave a shop by themselves.
 * @throws AppError VALIDATION where the stored settings cannot be read
 */
export async function loadKindSwitches(db: Db, { shop }: { shop: string }): Promise<KindSwitches> {
  const settings = await loadSettings(db, { shop });
  const { rows } = await db.query<{ scopes: string[] }>(`select scopes from "Shop" where shop = $1`, [shop]);
  return kindSwitches(settings, rows[0]?.scopes ?? []);
}
