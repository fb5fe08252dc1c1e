import type { SettingsChange } from "#app/settings/list-settings-changes.server.ts";
import type { SettingsChangeView } from "#app/ui/settings-change-words.ts";

export function viewSettingsChange({ at, ...change }: SettingsChange): SettingsChangeView {
  return { at: at.toISOString(), ...change };
}
