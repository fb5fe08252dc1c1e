import type { SettingsPatch, ShopSettings } from "./settings-schema.ts";

type Group = Record<string, unknown>;

const isGroup = (value: unknown): value is Group =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A patch on top of settings: groups key by key, everything else (lists too) replaced whole. */
export function mergeSettings(base: ShopSettings, patch: SettingsPatch): ShopSettings;
export function mergeSettings(base: SettingsPatch, patch: SettingsPatch): SettingsPatch;
export function mergeSettings(base: SettingsPatch, patch: SettingsPatch): SettingsPatch {
  const merged: Group = { ...base };
  for (const [key, value] of Object.entries<unknown>(patch)) {
    if (value === undefined) continue;
    const before = merged[key];
    merged[key] = isGroup(before) && isGroup(value) ? { ...before, ...value } : value;
  }
  return merged;
}
