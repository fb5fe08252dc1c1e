import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";

import type { JobListView, JobPageView, OpenJobsView } from "./job-pages-view.ts";
import { lookAgain } from "./look-again.ts";
import { readJson } from "./read-json.ts";
import { isActive } from "./sync-view.ts";
import { useLatest, type Watch } from "./use-latest.ts";

const LOOK_EVERY_MS = 1000;
/** While nothing is at work, somebody else may start something: every so many looks. */
const IDLE_EVERY = 5;

const watchOpen: Watch<OpenJobsView> = (loaded, onLook) => {
  let isBusy = loaded.jobs.length > 0;
  let looks = 0;
  return lookAgain(
    LOOK_EVERY_MS,
    async (signal) => {
      looks += 1;
      if (!isBusy && looks % IDLE_EVERY !== 0) return;
      const latest = await readJson<OpenJobsView>("/app/jobs/progress", signal);
      isBusy = latest.jobs.length > 0;
      if (!signal.aborted) onLook(latest);
    },
    () => {
      onLook(null);
    },
  );
};

/** The jobs at work, kept fresh without a reload; when one begins or ends the list of all is loaded anew. */
export function useOpenJobs(loaded: JobListView): { latest: OpenJobsView; lost: boolean } {
  const { revalidate } = useRevalidator();
  const looked = useLatest<OpenJobsView>(loaded, watchOpen);
  const now = stateOf(looked.latest);
  const known = useRef(now);
  useEffect(() => {
    if (known.current === now) return;
    known.current = now;
    if (now !== stateOf(loaded)) revalidate();
  }, [now, loaded, revalidate]);
  return looked;
}

const stateOf = ({ jobs }: OpenJobsView) => jobs.map(({ id, status }) => `${id} ${status}`).join("\n");

const watchJob: Watch<JobPageView> = (loaded, onLook) => {
  let isOver = false;
  return lookAgain(
    LOOK_EVERY_MS,
    async (signal) => {
      if (isOver) return;
      const path = `/app/jobs/progress?id=${encodeURIComponent(loaded.job.id)}`;
      const latest = await readJson<JobPageView>(path, signal);
      isOver = !isActive(latest.job);
      if (!signal.aborted) onLook(latest);
    },
    () => {
      onLook(null);
    },
  );
};

/** One job, kept fresh without a reload until it is over. */
export function useJob(loaded: JobPageView): { latest: JobPageView; lost: boolean } {
  return useLatest(loaded, isActive(loaded.job) ? watchJob : null);
}
