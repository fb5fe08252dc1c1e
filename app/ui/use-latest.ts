import { useEffect, useState } from "react";

/** Keeps looking at what a loader gave; hands on the newest picture, or null when the server does not answer. Returns what stops it. */
export type Watch<Picture> = (loaded: Picture, onLook: (latest: Picture | null) => void) => () => void;

/**
 * What the loader gave, kept fresh without a reload. Watchers ask by plain `fetch` (App Bridge signs it), because
 * a failed look must not take the page away: `lost` is then true until the next one succeeds.
 * @param watch the same function at every render; null: nobody looks, and what was seen last stays
 */
export function useLatest<Picture>(
  loaded: Picture,
  watch: Watch<Picture> | null,
): { latest: Picture; lost: boolean } {
  const [look, setLook] = useState({ since: loaded, latest: loaded, lost: false });
  useEffect(
    () =>
      watch?.(loaded, (latest) => {
        setLook((shown) => {
          const known = shown.since === loaded ? shown.latest : loaded;
          return { since: loaded, latest: latest ?? known, lost: latest === null };
        });
      }),
    [loaded, watch],
  );
  // After an action the loader has looked anew: until the watcher looks again, that is the newest.
  return look.since === loaded ? look : { latest: loaded, lost: false };
}
