/**
 * Looks again and again while the page is in view, one look at a time: the one way the pages keep fresh without a reload.
 * @param look asks the server and shows what it says; rejects when it does not answer
 * @param onLost is told that it did not
 * @param atOnce whether the first look is now, for what no loader has brought
 * @returns stops looking; a look under way is aborted
 */
export function lookAgain(
  everyMs: number,
  look: (signal: AbortSignal) => Promise<void>,
  onLost: () => void,
  { atOnce = false } = {},
): () => void {
  const stop = new AbortController();
  let isLooking = false;
  const turn = () => {
    if (isLooking || document.visibilityState !== "visible") return;
    isLooking = true;
    look(stop.signal)
      .catch(() => {
        if (!stop.signal.aborted) onLost();
      })
      .finally(() => {
        isLooking = false;
      });
  };
  if (atOnce) turn();
  const timer = setInterval(turn, everyMs);
  return () => {
    stop.abort();
    clearInterval(timer);
  };
}
