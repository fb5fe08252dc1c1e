import { expect } from "vitest";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { claimJob } from "./claim-job.server.ts";

test("of many workers who try at once one has the job, be it new or left behind", async ({
  database: { pool, prisma },
}) => {
  for (let round = 1; round <= 10; round++)
    for (const left of [{}, { status: "running", heartbeatAt: new Date(Date.now() - 60_000) }]) {
      const shop = `${"heartbeatAt" in left ? "left" : "new"}-${String(round)}.myshopify.com`;
      const { id } = await prisma.syncJob.create({
        data: { shop, jobType: "products", requestedBy: "test", ...left },
      });
      const claims = await Promise.all(
        Array.from({ length: 5 }, (_, worker) => claimJob(pool, { shop, id, lease: String(worker) })),
      );
      expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
    }
});
