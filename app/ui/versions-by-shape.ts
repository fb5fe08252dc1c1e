import type { PayloadShape } from "#app/cache/cache-tables.ts";

import type { VersionView } from "./cache-view.ts";

/** Versions by shape, those of the newest shape first; of each the one that Shopify changed last first. A content that came twice is one. */
export function versionsByShape(
  versions: readonly VersionView[],
): { shape: PayloadShape; versions: VersionView[] }[] {
  const groups = new Map<PayloadShape, Map<string, VersionView>>();
  for (const version of versions) {
    const group = groups.get(version.shape) ?? new Map<string, VersionView>();
    groups.set(version.shape, group);
    if (!group.has(version.contentHash)) group.set(version.contentHash, version);
  }
  const time = ({ shopifyUpdatedAt, triggeredAt, receivedAt }: VersionView) =>
    `${shopifyUpdatedAt ?? ""} ${triggeredAt ?? ""} ${receivedAt}`;
  return [...groups].map(([shape, group]) => ({
    shape,
    versions: [...group.values()].sort((a, b) => {
      // The one in use stands first even where two times are the same.
      if ((a.supersededAt === null) !== (b.supersededAt === null)) return a.supersededAt === null ? -1 : 1;
      return time(a) < time(b) ? 1 : time(a) > time(b) ? -1 : 0;
    }),
  }));
}
