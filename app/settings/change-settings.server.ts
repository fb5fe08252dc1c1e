import { z } from "zod";

import type { Db } from "#app/lib/db.server.ts";
import { AppError, errorCatalogue } from "#app/lib/errors.ts";
import { recordAudit } from "#app/lib/record-audit.server.ts";

import { followedSettings } from "./followed-settings.ts";
import { loadSettings } from "./load-settings.server.ts";
import type { LoadedSettings } from "./load-settings.server.ts";
import { mergeSettings } from "./merge-settings.ts";
import { moveNextRun } from "./move-next-run.server.ts";
import { settingVersions } from "./setting-versions.server.ts";
import {
  SettingsPatch,
  StoredSettings,
  writeBackKinds,
  type ShopSettings,
  type WriteBackKind,
} from "./settings-schema.ts";

/** Whose settings, what to change, who says so. */
export type SaveSettingsOptions = {
  shop: string;
  /** Any part of the settings, as a form or the API sent it; what is left out stays as it is. */
  patch: unknown;
  /** Null: back to the day of installation. Left out: as it is. */
  cutOverAt?: Date | null;
  /** Versions of settings as the person saw them (`settingVersions`): one that is another by now refuses the whole. */
  seen?: Partial<Record<string, string>>;
  actor: string;
  now: Date;
};

/**
 * Changes a shop's settings in the caller's transaction and writes down who changed what from what, both or neither. Locks the shop's row,
 * so that two people saving different fields both get theirs. A new interval moves the schedule's next run. What was computed by
 * other settings is noted to follow these (`followSettings`). No kind of write-back is switched on here but `turnsOn`, whose
 * preview the caller has found seen; where another stock is sent, or elsewhere, than was seen, sending it is switched off.
 * @throws AppError VALIDATION naming every field that is not valid, NOT_FOUND for a shop never installed,
 *   SETTINGS_CHANGED where somebody else saved one of `seen` meanwhile, PREVIEW_NEEDED for a kind of write-back switched on
 */
export async function changeSettings(
  tx: Db,
  { turnsOn, ...options }: SaveSettingsOptions & { turnsOn?: WriteBackKind },
): Promise<LoadedSettings> {
  const { shop, actor, now } = options;
  const patch = SettingsPatch.safeParse(options.patch);
  if (!patch.success) throw new AppError("VALIDATION", z.prettifyError(patch.error));

  const { rows } = await tx.query<{ settings: unknown }>(
    `select settings from "Shop" where shop = $1 for update`,
    [shop],
  );
  const row = rows[0];
  if (row === undefined) throw new AppError("NOT_FOUND", `${shop} has not installed the app`);

  const before = await loadSettings(tx, { shop });
  const versions = settingVersions(before);
  for (const [name, version] of Object.entries(options.seen ?? {}))
    if (versions[name] !== version)
      throw new AppError("SETTINGS_CHANGED", errorCatalogue.SETTINGS_CHANGED.words);
  const wished = mergeSettings(StoredSettings.parse(row.settings), patch.data);
  refuseUnseen(before, wished, turnsOn);
  const isStockUnseen = before.writeBack.inventorySet && !sendsWhatWasSeen(before, wished);
  const stored = isStockUnseen ? mergeSettings(wished, { writeBack: { inventorySet: false } }) : wished;
  await tx.query(
    `update "Shop" set settings = $2::jsonb, "updatedAt" = $3,
            "cutOverAt" = case when $4 then $5::timestamptz else "cutOverAt" end
      where shop = $1`,
    [shop, JSON.stringify(stored), now, options.cutOverAt !== undefined, options.cutOverAt ?? null],
  );
  const after = await loadSettings(tx, { shop });
  const [from, to] = [before.scheduler.intervalMinutes, after.scheduler.intervalMinutes];
  if (from !== to) await moveNextRun(tx, { shop, from, to, now });

  const changes = describeChanges(before, after);
  if (Object.keys(changes).length > 0)
    await recordAudit(tx, { shop, actor, action: "settings.save", target: null, details: changes, now });
  const toFollow = followedSettings.filter((name) => Object.hasOwn(changes, name));
  if (toFollow.length > 0)
    await tx.query(
      `update "Shop" set "settingsToFollow" = array(select distinct unnest("settingsToFollow" || $2::text[]) order by 1)
        where shop = $1`,
      [shop, toFollow],
    );
  return after;
}

/** @throws AppError PREVIEW_NEEDED naming a kind that was off and would be on */
function refuseUnseen(
  before: ShopSettings,
  { writeBack = {} }: SettingsPatch,
  turnsOn: WriteBackKind | undefined,
): void {
  const unseen = writeBackKinds.find(
    (kind) => kind !== turnsOn && writeBack[kind] === true && !before.writeBack[kind],
  );
  if (unseen !== undefined)
    throw new AppError("PREVIEW_NEEDED", `writeBack.${unseen}: ${errorCatalogue.PREVIEW_NEEDED.words}`);
}

/** Whether stock is sent by the same word and to the same places as before: a comparison that was seen was of those. */
function sendsWhatWasSeen({ stock }: ShopSettings, { stock: wished = {} }: SettingsPatch): boolean {
  const { leads, locations } = { ...stock, ...wished };
  return leads === stock.leads && JSON.stringify(locations) === JSON.stringify(stock.locations);
}

/** Every setting that differs, as it was and as it is. */
function describeChanges(
  before: LoadedSettings,
  after: LoadedSettings,
): Record<string, { from: unknown; to: unknown }> {
  const changes: Record<string, { from: unknown; to: unknown }> = {};
  for (const key of Object.keys(after) as (keyof LoadedSettings)[]) {
    if (JSON.stringify(before[key]) !== JSON.stringify(after[key]))
      changes[key] = { from: before[key], to: after[key] };
  }
  return changes;
}
