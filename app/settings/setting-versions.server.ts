import { hash } from "node:crypto";

/**
 * What each setting was when a person opened the page, in a few characters: equal values have equal versions, so that a save can tell
 * whether somebody else saved in between.
 */
export function settingVersions(settings: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      hash("sha256", JSON.stringify(value), "hex").slice(0, 16),
    ]),
  );
}
