import { lookAgain } from "./look-again.ts";
import { readJson } from "./read-json.ts";
import { useLatest, type Watch } from "./use-latest.ts";
import type { DeliveryDetailView, DeliveryPageView } from "./webhook-pages-view.ts";

const LOOK_EVERY_MS = 3000;

const watch: Watch<DeliveryPageView> = (loaded, onLook) =>
  lookAgain(
    LOOK_EVERY_MS,
    async (signal) => {
      const path = `/app/webhooks/progress?id=${encodeURIComponent(loaded.delivery.webhookId)}`;
      const delivery = await readJson<DeliveryDetailView>(path, signal);
      if (!signal.aborted) onLook({ ...loaded, delivery });
    },
    () => {
      onLook(null);
    },
  );

/** What the loader of a delivery's page gave, kept fresh without a reload. */
export function useDelivery(loaded: DeliveryPageView): { latest: DeliveryPageView; lost: boolean } {
  return useLatest(loaded, watch);
}
