import { lookAgain } from "./look-again.ts";
import { isActive, type SyncProgress } from "./sync-view.ts";

const LOOK_EVERY_MS = 1000;
/** Counting the cache of a large shop is work for the database: every so many looks. */
const EVERYTHING_EVERY = 5;

type Look = Partial<SyncProgress> & Pick<SyncProgress, "now" | "jobs">;

/**
 * Keeps looking at the sync while the page is in view: at the jobs every second while one is at work, at
 * everything every five seconds and as soon as a job has ended.
 * @param ask asks the server for the jobs only, or for everything; rejects when it does not answer
 * @param onLook gets the newest picture, or null when the server does not answer
 * @returns stops looking
 */
export function watchSync(
  loaded: SyncProgress,
  ask: (part: "jobs" | "everything", signal: AbortSignal) => Promise<Look>,
  onLook: (latest: SyncProgress | null) => void,
): () => void {
  let shown = loaded;
  let looks = 0;

  const look = async (part: "jobs" | "everything", signal: AbortSignal): Promise<void> => {
    const before = shown.jobs.filter(isActive).length;
    const answer = await ask(part, signal);
    shown = { ...shown, ...answer };
    if (!signal.aborted) onLook(shown);
    if (part === "jobs" && shown.jobs.filter(isActive).length < before) await look("everything", signal);
  };

  return lookAgain(
    LOOK_EVERY_MS,
    async (signal) => {
      looks += 1;
      const isEverything = looks % EVERYTHING_EVERY === 0;
      if (isEverything || shown.jobs.some(isActive)) await look(isEverything ? "everything" : "jobs", signal);
    },
    () => {
      onLook(null);
    },
  );
}
