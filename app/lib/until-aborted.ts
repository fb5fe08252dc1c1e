/**
 * What `work` comes to, or what `signal` is aborted with, whichever is first: for work that does not listen to a signal itself. It
 * then goes on unheard, and what it ends with is nobody's any more.
 */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  const ended = new AbortController();
  try {
    return await Promise.race([
      work,
      new Promise<never>((_, reject) => {
        const stop = () => {
          reject(signal.reason as Error);
        };
        if (signal.aborted) stop();
        else signal.addEventListener("abort", stop, { once: true, signal: ended.signal });
      }),
    ]);
  } finally {
    ended.abort();
  }
}
