import { useEffect, useState } from "react";

import type { JobLogLineView, JobLogPart } from "./job-pages-view.ts";
import { withNewest, withOlder } from "./merge-log.ts";
import { readJson } from "./read-json.ts";

const TYPING_MS = 250;

/** A job's log: its newest lines, read again whenever `state` changes, and older ones as they are asked for. */
export function useJobLog({ id, search, state }: { id: string; search: string; state: string }): {
  /** Null until it was read. */
  lines: readonly JobLogLineView[] | null;
  hasOlder: boolean;
  isLost: boolean;
  isLoadingOlder: boolean;
  loadOlder: () => void;
} {
  const [shown, setShown] = useState<(JobLogPart & { search: string }) | null>(null);
  const [isLost, setLost] = useState(false);
  const [isLoadingOlder, setLoadingOlder] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const look = () => {
      readJson<JobLogPart>(addressOf(id, search), stop.signal).then(
        (newest) => {
          setLost(false);
          setShown((before) => ({
            ...withNewest(before?.search === search ? before : null, newest),
            search,
          }));
        },
        () => {
          if (!stop.signal.aborted) setLost(true);
        },
      );
    };
    const timer = setTimeout(look, search === "" ? 0 : TYPING_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [id, search, state]);

  const loadOlder = () => {
    const last = shown?.lines.at(-1);
    if (last === undefined) return;
    setLoadingOlder(true);
    readJson<JobLogPart>(`${addressOf(id, search)}&before=${last.id}`, new AbortController().signal)
      .then(
        (older) => {
          setShown((before) =>
            before?.search === search ? { ...withOlder(before, older), search } : before,
          );
        },
        () => {
          setLost(true);
        },
      )
      .finally(() => {
        setLoadingOlder(false);
      });
  };
  return {
    lines: shown?.lines ?? null,
    hasOlder: shown?.hasOlder ?? false,
    isLost,
    isLoadingOlder,
    loadOlder,
  };
}

function addressOf(id: string, search: string): string {
  return `/app/jobs/progress?log=${encodeURIComponent(id)}&search=${encodeURIComponent(search)}`;
}
