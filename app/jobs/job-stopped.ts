/** Why a running job ends before its end: a person's wish, the worker's own end, or another worker that took over. */
export type StopReason = "pause" | "cancel" | "shutdown" | "lost";

/** What a job's signal is aborted with, and what its handler ends with. Not a failure. */
export class JobStopped extends Error {
  override name = "JobStopped";
  readonly reason: StopReason;

  constructor(reason: StopReason) {
    super(`The job was stopped: ${reason}`);
    this.reason = reason;
  }
}
