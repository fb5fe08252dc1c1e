import { expect } from "vitest";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { dropEndedBatches } from "./drop-ended-batches.server.ts";

const shop = "one.myshopify.com";
const counts = { roots: 1, created: 1, updated: 0, unchanged: 0, superseded: 0 };

test("batches stay known while their job may go on, and only then", async ({
  database: { prisma, pool },
}) => {
  const jobs = [
    ["pending", null, true],
    ["running", null, true],
    ["paused", null, true],
    ["running", new Date(), false], // ingested: a worker that came late noted it
    ["completed", null, false],
    ["failed", null, false],
    ["cancelled", null, false],
    [null, null, false], // nobody's
  ] as const;
  for (const [index, [status, ingestedAt]] of jobs.entries()) {
    const operationId = String(index);
    const common = { shop, id: operationId };
    // Of each kind one may go on at a time: the kinds differ.
    const kind = { jobType: `kind ${operationId}`, requestedBy: "test" };
    if (status) await prisma.syncJob.create({ data: { ...common, ...kind, status } });
    const operation = { jobId: operationId, purpose: "orders", query: "", status: "COMPLETED", ingestedAt };
    await prisma.shopifyBulkOperation.create({ data: { ...common, ...operation } });
    await prisma.shopifyBulkBatch.create({
      data: { shop, operationId, layout: "1", partition: 0, batch: 0, ...counts },
    });
  }
  const elsewhere = { shop: "two.myshopify.com", operationId: "9", layout: "1", partition: 0, batch: 0 };
  await prisma.shopifyBulkBatch.create({ data: { ...elsewhere, ...counts } });

  const kept = jobs.flatMap(([, , stays], index) => (stays ? [String(index)] : []));
  expect(await dropEndedBatches(pool, { shop })).toBe(jobs.length - kept.length);
  const left = await prisma.shopifyBulkBatch.findMany({ orderBy: { operationId: "asc" } });
  expect(left.map(({ operationId }) => operationId)).toEqual([...kept, "9"]);
});
