import { expect } from "vitest";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { cancelJob } from "./cancel-job.server.ts";
import { claimJob } from "./claim-job.server.ts";
import { pauseJob } from "./pause-job.server.ts";
import { resumeJob } from "./resume-job.server.ts";
import { settleJob } from "./settle-job.server.ts";
import { startJob } from "./start-job.server.ts";
import type { JobStatus } from "./sync-job.ts";

const shop = "kurta-house.myshopify.com";

const cases: [Exclude<JobStatus, "running">, ("pause" | "resume" | "cancel")[], JobStatus][] = [
  ["paused", ["pause"], "paused"],
  ["paused", ["pause", "cancel"], "cancelled"],
  ["paused", ["pause", "resume"], "pending"], // taken back after the worker had heard of it
  ["pending", [], "pending"],
  ["pending", ["pause"], "paused"],
  ["pending", ["cancel"], "cancelled"],
  ["cancelled", ["cancel"], "cancelled"],
  ["completed", ["pause"], "completed"],
];

test.for(cases)(
  "a worker settles as %s a job whose wishes were %s: it is %s",
  async ([status, wishes, becomes], { database }) => {
    const { pool } = database;
    const { id } = await startJob(
      { database, now: () => new Date() },
      { shop, jobType: "products", requestedBy: "test" },
    );
    const job = { shop, id };
    await claimJob(pool, { ...job, lease: "ours" });
    for (const wish of wishes)
      await { pause: pauseJob, resume: resumeJob, cancel: cancelJob }[wish](pool, { ...job, by: "test" });
    expect(await settleJob(pool, { ...job, lease: "another's", status, step: "Said" })).toBeNull();
    expect(await settleJob(pool, { ...job, lease: "ours", status, step: "Said" })).toBe(becomes);
    const row = await database.prisma.syncJob.findFirstOrThrow({ where: job });
    expect(row).toMatchObject({ status: becomes, wish: null, heartbeatAt: null });
    expect(row.step === "Said").toBe(becomes === status);
    expect(row.finishedAt !== null).toBe(["completed", "cancelled"].includes(becomes));
  },
);
