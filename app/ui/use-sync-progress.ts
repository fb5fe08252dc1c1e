import { readJson } from "./read-json.ts";
import type { SyncProgress } from "./sync-view.ts";
import { useLatest, type Watch } from "./use-latest.ts";
import { watchSync } from "./watch-sync.ts";

const watch: Watch<SyncProgress> = (loaded, onLook) =>
  watchSync(
    loaded,
    (part, signal) => readJson(`/app/settings/shopify/progress?part=${part}`, signal),
    onLook,
  );

/** What the loader of Settings → Shopify gave, kept fresh without a reload. */
export function useSyncProgress(loaded: SyncProgress): { latest: SyncProgress; lost: boolean } {
  return useLatest(loaded, watch);
}
