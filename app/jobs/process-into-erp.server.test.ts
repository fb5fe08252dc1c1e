import { expect } from "vitest";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { connectedTest as test, goOnWith } from "#tests/setup/a-connected-shop.ts";
import { startJob } from "./start-job.server.ts";

test("a job that was stopped while processing ends with the figures of all of it, whoever did what", async ({
  connect,
}) => {
  const { context, shop, pool } = await connect({ orders: 1 });
  await ingestPayloads(pool, {
    ...{ shop, kind: "inventory", source: "dump", now: new Date() },
    payloads: ["1@1", "2@1", "3@1"].map((id) => ({
      ...{ id, shape: "detail", raw: `{"quantities":[]}`, shopifyUpdatedAt: null, triggeredAt: null },
      header: { shopifyInventoryItemId: id.slice(0, 1), shopifyLocationId: "1" },
    })),
  });
  const { id } = await startJob(context, { shop, jobType: "process-cache", requestedBy: "test" });
  // An earlier worker counted 7 of 12 when it was killed; two more it had committed, and three still wait.
  await pool.query(
    `update "SyncJob" set checkpoint = '{"phase": "process", "skipped": 1}', total = 12, processed = 7, created = 4, updated = 1,
       skipped = 1, errors = 1, "startedAt" = now() where id = $1`,
    [id],
  );
  const job = await goOnWith({ context, shop }, id);
  expect(job).toMatchObject({ status: "completed", total: 12, processed: 12, created: 7, errors: 1 });
  const { created, updated, skipped, errors } = job;
  expect(created + updated + skipped + errors).toBe(10);
  expect(job.step).toBe(
    `Done: 7 entries created, ${String(updated)} updated, ${String(skipped)} unchanged, 1 failed, 2 done between jobs`,
  );
});
