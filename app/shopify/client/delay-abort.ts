/** A signal that aborts `ms` after the given one, for the same reason. */
export function delayAbort(signal: AbortSignal, ms: number): AbortSignal {
  const delayed = new AbortController();
  const abortSoon = () => {
    setTimeout(() => {
      delayed.abort(signal.reason);
    }, ms);
  };
  if (signal.aborted) abortSoon();
  else signal.addEventListener("abort", abortSoon, { once: true });
  return delayed.signal;
}
