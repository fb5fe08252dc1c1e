import type { ApiKey } from "#app/settings/api-keys.server.ts";
import type { Format } from "#app/ui/format.ts";

/** A line for each key; times are the shop's. */
export function apiKeyLines(keys: readonly ApiKey[], format: Format): string[] {
  const time = (at: Date) => format.dateTime(at.toISOString());
  return keys.map(({ id, name, prefix, scopes, lastUsedAt, revokedAt }) =>
    [
      name,
      `${prefix}…`,
      scopes.join(", "),
      lastUsedAt === null ? "never used" : `last used ${time(lastUsedAt)}`,
      ...(revokedAt === null ? [] : [`revoked ${time(revokedAt)}`]),
      `id ${id}`,
    ].join(" · "),
  );
}
