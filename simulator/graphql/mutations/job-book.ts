import { randomUUID } from "node:crypto";
import { makeGid } from "#simulator/store/ids.ts";
import type { SimNode } from "#simulator/store/types.ts";

type Job = { gid: string; done: boolean; timer: NodeJS.Timeout; ended: Promise<undefined> };

/** What mutations leave to be done later, as orderCancel does: a Job is polled until it is done. */
export class JobBook {
  private readonly delayMs: number;
  private readonly jobs = new Map<string, Job>();

  /** @param delayMs how long a job waits; it is never done when the mutation answers. */
  constructor(delayMs: number) {
    this.delayMs = delayMs;
  }

  /** @returns the Job's gid. */
  start(run: () => void): string {
    const gid = makeGid("Job", randomUUID());
    const { promise: ended, resolve } = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => {
      run();
      const job = this.jobs.get(gid);
      if (job) job.done = true;
      resolve(undefined);
    }, this.delayMs);
    timer.unref();
    this.jobs.set(gid, { gid, done: false, timer, ended });
    return gid;
  }

  /** Resolves when what was begun until now is done. */
  async ended(): Promise<void> {
    await Promise.all([...this.jobs.values()].map(({ ended }) => ended));
  }

  /** The Job as it is now; null = there is none. */
  find(gid: string): SimNode | null {
    const job = this.jobs.get(gid);
    if (!job) return null;
    return { __typename: "Job", id: gid, done: job.done, query: job.done ? {} : null };
  }

  /** Nothing that waits is done any more. */
  close(): void {
    for (const job of this.jobs.values()) clearTimeout(job.timer);
  }
}
