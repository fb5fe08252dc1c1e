import type { HomeView } from "./home-view.ts";
import { lookAgain } from "./look-again.ts";
import { readJson } from "./read-json.ts";
import { useLatest, type Watch } from "./use-latest.ts";

const LOOK_EVERY_MS = 5000;

const watch: Watch<HomeView> = (_loaded, onLook) =>
  lookAgain(
    LOOK_EVERY_MS,
    async (signal) => {
      const latest = await readJson<HomeView>("/app/progress", signal);
      if (!signal.aborted) onLook(latest);
    },
    () => {
      onLook(null);
    },
  );

/** What Home's loader gave, kept fresh without a reload; not while a check runs, whose end loads the page anew. */
export function useHome(loaded: HomeView, { isChecking }: { isChecking: boolean }) {
  return useLatest(loaded, isChecking ? null : watch);
}
