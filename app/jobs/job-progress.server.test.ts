import { expect } from "vitest";
import { createLog } from "#app/lib/log.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { claimJob } from "./claim-job.server.ts";
import { watchJob } from "./job-progress.server.ts";
import { loadJob } from "./load-job.server.ts";

const shop = "a.myshopify.com";

test("a heartbeat alone is no movement; whatever the handler does or says is, the same words again included", async ({
  database,
}) => {
  const { id } = await database.prisma.syncJob.create({
    data: { shop, jobType: "products", requestedBy: "test" },
  });
  const lease = "a lease";
  const claimed = await claimJob(database.pool, { shop, id, lease });
  if (!claimed) throw new Error("not claimed");
  const shutdown = new AbortController().signal;
  const job = watchJob(database, claimed, { lease, log: createLog("silent"), shutdown });
  /** When it moved, once a heartbeat later than `after` has been written. */
  const movedAfterBeat = async (after: Date) => {
    let found = await loadJob(database.pool, { shop, id });
    await expect
      .poll(
        async () => {
          found = await loadJob(database.pool, { shop, id });
          return (found?.heartbeatAt?.getTime() ?? 0) > after.getTime();
        },
        { timeout: 10_000, interval: 50 },
      )
      .toBe(true);
    return { beat: found?.heartbeatAt ?? after, moved: found?.movedAt ?? null };
  };
  try {
    const never = await movedAfterBeat(claimed.heartbeatAt ?? new Date());
    expect(never.moved).toBeNull();

    job.step("Shopify is collecting orders: 5 records so far", { log: false });
    const first = await movedAfterBeat(never.beat);
    expect(first.moved).toEqual(first.beat);
    const still = await movedAfterBeat(first.beat);
    expect(still.moved).toEqual(first.moved);

    job.step("Shopify is collecting orders: 5 records so far", { log: false });
    const again = await movedAfterBeat(still.beat);
    expect(again.moved).toEqual(again.beat);
    job.count({ processed: 1 });
    const counted = await movedAfterBeat(again.beat);
    expect(counted.moved).toEqual(counted.beat);
  } finally {
    await job.close();
  }
});
