const NUMBERS = { SIGINT: 2, SIGTERM: 15 } as const;

/** The wish to stop, by Ctrl-C or a service manager. */
export type StopSignals = {
  signal: AbortSignal;
  /** What a shell expects of a program that was stopped so: 130 after Ctrl-C. */
  exitCode: () => number;
};

/** Hears the first; the second ends this process at once. */
export function listenForStop(): StopSignals {
  const stop = new AbortController();
  let exitCode = 130;
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(128 + NUMBERS[name]);
      exitCode = 128 + NUMBERS[name];
      stop.abort(new Error("Interrupted."));
    });
  return { signal: stop.signal, exitCode: () => exitCode };
}
