import { expect } from "vitest";
import { startWorker } from "#app/jobs/run-worker.server.ts";
import { sendingTest as test } from "#tests/setup/a-shop-that-sends.ts";

test("workers hear at once that something is to be sent, send it once, and stop within seconds", async ({
  sending,
}) => {
  const at = await sending();
  const { id } = await at.anOpenOrder();
  await at.act(id, { action: "pick" });
  await at.act(id, { action: "pack" });
  // Woken by the wish alone: by itself a worker would look only in an hour.
  const options = { databaseUrl: at.context.database.url, lookEveryMs: 3_600_000 };
  const workers = [await startWorker(at.context, options), await startWorker(at.context, options)];
  try {
    await at.act(id, { action: "hand_over", awbNumber: "AWB-1" });
    await expect.poll(at.outbox).toMatchObject([{ kind: "fulfillmentCreate", status: "sent" }]);
  } finally {
    const began = Date.now();
    await Promise.all(workers.map((worker) => worker.stop()));
    expect(Date.now() - began).toBeLessThan(20_000);
  }
  expect(at.fulfillments(id)).toHaveLength(1);
});
