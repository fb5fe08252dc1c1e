import { useEffect, useState } from "react";

import { readJson } from "./read-json.ts";
import type { SyncProgress } from "./sync-view.ts";
import { watchSync } from "./watch-sync.ts";

/**
 * What the loader gave, kept fresh without a reload. Asked by plain `fetch` (App Bridge signs it), because
 * a failed look must not take the page away: `lost` is then true until the next one succeeds.
 */
export function useSyncProgress(loaded: SyncProgress): { latest: SyncProgress; lost: boolean } {
  const [look, setLook] = useState({ since: loaded, latest: loaded, lost: false });
  useEffect(
    () =>
      watchSync(
        loaded,
        (part, signal) => readJson(`/app/settings/shopify/progress?part=${part}`, signal),
        (latest) => {
          setLook((shown) => {
            const known = shown.since === loaded ? shown.latest : loaded;
            return { since: loaded, latest: latest ?? known, lost: latest === null };
          });
        },
      ),
    [loaded],
  );
  // After an action the loader has looked anew: until the watcher looks again, that is the newest.
  return look.since === loaded ? look : { latest: loaded, lost: false };
}
