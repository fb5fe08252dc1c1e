import type { Pool } from "pg";

import { inTransaction } from "#app/lib/db.server.ts";

import { changeSettings, type SaveSettingsOptions } from "./change-settings.server.ts";
import type { LoadedSettings } from "./load-settings.server.ts";

/**
 * Changes a shop's settings, all of what is asked or nothing (`changeSettings`). No kind of write-back is switched on by this road:
 * that is `switchKind`, after somebody has seen what would be sent.
 * @throws AppError what `changeSettings` throws
 */
export async function saveSettings(
  pool: Pool,
  { shop, patch, cutOverAt, seen, actor, now }: SaveSettingsOptions,
): Promise<LoadedSettings> {
  // Name by name: whatever else a caller may hand over reaches nothing.
  return inTransaction(pool, (tx) => changeSettings(tx, { shop, patch, cutOverAt, seen, actor, now }));
}
