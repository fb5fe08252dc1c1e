import type { Log } from "#app/lib/log.server.ts";
import type { Database } from "#app/lib/db.server.ts";
import { JobStopped } from "./job-stopped.ts";
import { STALE_AFTER_SECONDS, type SyncJob } from "./sync-job.ts";

export type JobCounters = {
  processed: number;
  created: number;
  updated: number;
  skipped: number;
  errors: number;
};

/** A part of a job's work, by whose progress its pace is told meanwhile. */
export type JobStage = { what: string; done: number; of: number };

/** What a handler sees of its own job. Everything here is written to `SyncJob` within a second. */
export type JobHandle = {
  readonly shop: string;
  readonly id: string;
  readonly options: Record<string, unknown>;
  /** What an earlier worker had counted when this one took the job; all 0 at its first start. */
  readonly before: Readonly<JobCounters & { total: number | null }>;
  /** Aborted, with a JobStopped, within two seconds of a wish; and when the worker ends. */
  readonly signal: AbortSignal;
  /** Where to go on, as the last {@link JobHandle.saveCheckpoint} left it, in this or another worker. */
  readonly checkpoint: Readonly<Record<string, unknown>>;
  /** What it is doing now, in words; `log: false` for figures that change all the time. */
  step(text: string, options?: { log?: boolean; level?: "info" | "warn" | "error" }): void;
  setTotal(total: number | null): void;
  /** How far it is with something that is not counted as processed: the storing of a file, a look at what is there. */
  advance(stage: JobStage): void;
  /** Adds to the counters. */
  count(more: Partial<JobCounters>): void;
  /** Keeps where to go on, together with the counters so far, in one statement. */
  saveCheckpoint(more: Record<string, unknown>): Promise<void>;
  throwIfStopped(): void;
};

export type RunningJob = JobHandle & {
  /** Writes what is left and stops the heartbeat. */
  close(): Promise<void>;
};

const HEARTBEAT_MS = 1_000;

/**
 * The handle of a job this worker has claimed under `lease`. Its heartbeat, once a second, carries counters,
 * step and log lines to the database and brings back a person's wish; from the first that carries records on, the job's
 * pace is counted (job-pace). When the row is no longer ours, or the
 * database has not answered for as long as others wait, the job is lost to us and its signal says so.
 */
export function watchJob(
  database: Pick<Database, "pool">,
  job: SyncJob & { checkpoint: Record<string, unknown> },
  { lease, log, shutdown }: { lease: string; log: Log; shutdown: AbortSignal },
): RunningJob {
  const { shop, id } = job;
  const stop = new AbortController();
  const none: JobCounters = { processed: 0, created: 0, updated: 0, skipped: 0, errors: 0 };
  let checkpoint = job.checkpoint;
  let unsaved: Record<string, unknown> = {};
  let counted = { ...none };
  let step = job.step;
  let total = job.total;
  let lines: { at: Date; level: string; message: string }[] = [];
  /** Whether the handler did or said anything since the last beat, be it the same as before. */
  let moved = false;
  let stage: JobStage | null = null;
  let lastLine: string | undefined;
  let lastBeat = Date.now();
  let writing: Promise<void> = Promise.resolve();

  const abort = (reason: JobStopped["reason"]) => {
    stop.abort(new JobStopped(reason));
  };
  const obey = (wish: string | null | undefined) => {
    if (wish === "pause" || wish === "cancel") abort(wish);
  };
  const onShutdown = () => {
    abort("shutdown");
  };
  shutdown.addEventListener("abort", onShutdown, { once: true });
  if (shutdown.aborted) onShutdown();
  obey(job.wish); // of a person whom the last worker no longer heard

  async function write(): Promise<void> {
    const mine = { counted, lines, unsaved, moved };
    moved = false;
    counted = { ...none };
    lines = [];
    unsaved = {};
    try {
      const { rows } = await database.pool.query<{ wish: string | null }>(
        `with beat as (
           update "SyncJob" job set "heartbeatAt" = now(), "step" = $4, "total" = $5,
             "processed" = "processed" + $6, "created" = "created" + $7, "updated" = "updated" + $8,
             "skipped" = "skipped" + $9, "errors" = "errors" + $10, "checkpoint" = "checkpoint" || $11::jsonb
               || case when next.stage is null then '{}'
                    when "checkpoint"->'stretch'->>'what' = next.stage->>'what'
                    then jsonb_build_object('stretch', "checkpoint"->'stretch' || next.stage)
                    else jsonb_build_object('stretch', jsonb_build_object('since', now(), 'from', next.stage->'done') || next.stage) end,
             "movedAt" = case when $13 then now() else "movedAt" end
           from (
             select "shop", "id", case when $6 = 0 then $14::jsonb
                 else jsonb_build_object('what', 'processing', 'done', "processed" + $6, 'of', null) end as stage
             from "SyncJob" where "shop" = $1 and "id" = $2
           ) next
           where job."shop" = next."shop" and job."id" = next."id" and "status" = 'running' and "checkpoint"->>'lease' = $3
           returning "wish"
         ), logged as (
           insert into "SyncJobLog" ("shop", "jobId", "at", "level", "message")
           select $1, $2, line.at, line.level, line.message
           from beat, rows from (jsonb_to_recordset($12::jsonb) as ("at" timestamptz, "level" text, "message" text))
             with ordinality as line("at", "level", "message", "n")
           order by line."n"
         )
         select "wish" from beat`,
        [
          ...[shop, id, lease, step, total],
          ...[
            mine.counted.processed,
            mine.counted.created,
            mine.counted.updated,
            mine.counted.skipped,
            mine.counted.errors,
          ],
          ...[
            JSON.stringify(mine.unsaved),
            JSON.stringify(mine.lines),
            mine.moved,
            stage && JSON.stringify(stage),
          ],
        ],
      );
      lastBeat = Date.now();
      if (rows.length === 0) abort("lost");
      obey(rows[0]?.wish);
    } catch (error) {
      // Nothing is dropped: the next beat carries it.
      for (const key of Object.keys(none) as (keyof JobCounters)[]) counted[key] += mine.counted[key];
      lines = [...mine.lines, ...lines];
      unsaved = { ...mine.unsaved, ...unsaved };
      moved ||= mine.moved;
      log.warn({ err: error, shop, jobId: id }, "a job's progress could not be written");
      if (Date.now() - lastBeat > STALE_AFTER_SECONDS * 1000) abort("lost");
      throw error;
    }
  }

  /** One write at a time, in order. */
  function flush(): Promise<void> {
    const next = writing.then(write, write);
    writing = next.catch(() => undefined);
    return next;
  }

  const heartbeat = setInterval(() => {
    void flush().catch(() => undefined);
  }, HEARTBEAT_MS);

  return {
    shop,
    id,
    options: job.options,
    before: job,
    signal: stop.signal,
    get checkpoint() {
      return checkpoint;
    },
    step(text, { log: keep = true, level = "info" } = {}) {
      step = text;
      moved = true;
      if (!keep || text === lastLine) return;
      lastLine = text;
      lines.push({ at: new Date(), level, message: text });
      log[level]({ shop, jobId: id }, text);
    },
    setTotal(value) {
      total = value;
      moved = true;
    },
    count(more) {
      moved = true;
      for (const [key, value] of Object.entries(more) as [keyof JobCounters, number][]) counted[key] += value;
    },
    advance(now) {
      stage = now;
      moved = true;
    },
    async saveCheckpoint(more) {
      moved = true;
      checkpoint = { ...checkpoint, ...more };
      unsaved = { ...unsaved, ...more };
      await flush();
    },
    throwIfStopped() {
      stop.signal.throwIfAborted();
    },
    async close() {
      clearInterval(heartbeat);
      shutdown.removeEventListener("abort", onShutdown);
      await flush().catch(() => undefined);
    },
  };
}
