import { Gauge, type Registry } from "prom-client";
import type { Database } from "#app/lib/db.server.ts";
import type { ErrorCode } from "#app/lib/errors.ts";
import type { Log } from "#app/lib/log.server.ts";
import { findProblems } from "./find-problems.server.ts";
import type { LoadedSchedule } from "./load-schedules.server.ts";

const SCHEDULE_CODES = [
  "SCHEDULER_OFF",
  "SCHEDULER_LATE",
  "SCHEDULER_BLOCKED",
  "SCHEDULER_FAILING",
] as const satisfies readonly ErrorCode[];
const JOB_CODES = ["JOB_WAITING", "JOB_STUCK"] as const satisfies readonly ErrorCode[];

/**
 * Figures of all shops' schedules and jobs, read from the database when they are asked for, so that they are true though no
 * worker runs. They are the same in every web process. When the database does not answer there are none.
 */
export function registerSchedulerMetrics(
  { database, log, now }: { database: Pick<Database, "pool">; log: Log; now: () => Date },
  register: Registry,
): void {
  type Figures = Awaited<ReturnType<typeof findProblems>>;
  let reading: Promise<Figures | null> | undefined;
  /** All gauges of one scrape share one look; null when there is none to be had. */
  const look = () =>
    (reading ??= findProblems(database.pool, now())
      .catch((error: unknown) => {
        log.warn({ err: error }, "the figures of schedules and jobs could not be read from the database");
        return null;
      })
      .finally(() => {
        reading = undefined;
      }));

  const gauge = (
    name: string,
    help: string,
    set: (gauge: Gauge, figures: Figures) => void,
    labelNames: string[] = [],
  ) =>
    new Gauge({
      ...{ name, help, labelNames, registers: [register] },
      async collect() {
        this.reset();
        const figures = await look();
        if (figures) set(this, figures);
        else if (labelNames.length === 0) this.remove(); // reset leaves it at 0, which would be a figure
      },
    });

  gauge("look_back_schedules_on", "Shops whose look-back runs by itself.", (self, { schedules }) => {
    self.set(schedules.filter(({ enabled }) => enabled).length);
  });
  gauge(
    "look_back_schedules_with_problem",
    "Shops whose look-back does not do what it should, by what is wrong.",
    (self, { found }) => {
      for (const code of SCHEDULE_CODES)
        self.set({ code }, found.filter(({ problem }) => problem.code === code).length);
    },
    ["code"],
  );
  gauge(
    "look_back_seconds_since_success_max",
    "Of the shops whose look-back runs by itself, the longest time since one succeeded, or since it was first to run.",
    (self, { schedules }) => {
      self.set(Math.max(0, ...schedules.map((schedule) => secondsSinceSuccess(schedule, now()))));
    },
  );
  gauge(
    "sync_jobs_with_problem",
    "Jobs that do not go on though they should, by what is wrong.",
    (self, { found }) => {
      for (const code of JOB_CODES)
        self.set({ code }, found.filter(({ problem }) => problem.code === code).length);
    },
    ["code"],
  );
}

function secondsSinceSuccess({ enabled, ...schedule }: LoadedSchedule, now: Date): number {
  if (!enabled) return 0;
  const { lastSuccessAt, firstAskedAt, nextRunAt } = schedule;
  const since = lastSuccessAt ?? firstAskedAt ?? nextRunAt ?? now;
  return Math.max(0, (now.getTime() - since.getTime()) / 1000);
}
