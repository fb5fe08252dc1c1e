import type { CacheRowView, WaitingView } from "./cache-view.ts";
import { lookAgain } from "./look-again.ts";
import { readJson } from "./read-json.ts";

const COUNTS_MS = 5_000;
/** An entry that waits is soon done; one that stands still may be told of anew. */
const PENDING_MS = 2_000;
const STANDING_MS = 10_000;

/** Looks at the counts of all kinds; the address is one of any of them. */
export function watchCounts(_: WaitingView, onLook: (latest: WaitingView | null) => void): () => void {
  const look = async (signal: AbortSignal) => {
    onLook(await readJson<WaitingView>("/app/cache/order/counts", signal));
  };
  return lookAgain(COUNTS_MS, look, () => {
    onLook(null);
  });
}

/** Looks at an entry until it is not where it was, then says so, once. */
export function watchEntry(
  {
    kind,
    id,
    status,
    processedAt,
    receivedAt,
  }: Pick<CacheRowView, "id" | "status" | "processedAt" | "receivedAt"> & { kind: string },
  onChange: () => void,
): () => void {
  const stop = lookAgain(
    status === "pending" ? PENDING_MS : STANDING_MS,
    async (signal) => {
      const now = await readJson<CacheRowView>(`/app/cache/${kind}/${encodeURIComponent(id)}/state`, signal);
      if (now.status === status && now.processedAt === processedAt && now.receivedAt === receivedAt) return;
      stop();
      onChange();
    },
    () => undefined,
  );
  return stop;
}
