export type WakeableTimer = {
  /** Does the work at once, or once more right after the turn that is going on. */
  wake(): void;
  /** Resolves when the signal has aborted and the last turn is over. */
  ended: Promise<void>;
};

/** Does `work` every `everyMs` and whenever woken, one turn at a time, until `signal` aborts. */
export function createWakeableTimer(
  everyMs: number,
  signal: AbortSignal,
  work: () => Promise<void>,
  onError: (error: unknown) => void,
): WakeableTimer {
  let woken = true;
  let rise: () => void = () => undefined;
  const wake = () => {
    woken = true;
    rise();
  };
  signal.addEventListener("abort", wake);

  async function run(): Promise<void> {
    for (;;) {
      if (!woken) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, everyMs);
          rise = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      woken = false;
      if (signal.aborted) return;
      await work().catch(onError);
    }
  }
  return { wake, ended: run() };
}
