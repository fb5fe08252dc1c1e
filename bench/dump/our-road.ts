/** Our own road in one process: JSONL file → cache → ERP. Prints its figures as one line of JSON. */
import { randomUUID } from "node:crypto";
import { openDatabase } from "#app/lib/db.server.ts";
import { ingestBulkFile } from "#app/cache/ingest-bulk-file.server.ts";
import { processPendingOrders } from "#app/erp/processor/process-pending-orders.server.ts";
import type { RoadFigures } from "./run-dump-bench.ts";

const [shop, path, workDir] = process.argv.slice(2);
const url = process.env["DATABASE_URL"];
if (!shop || !path || !workDir || !url)
  throw new Error("our-road.ts <shop> <jsonl> <workDir>, DATABASE_URL set");

const database = openDatabase(url, { poolSize: 4, applicationName: "bench-road" });
const now = new Date();
const started = performance.now();
const ingested = await ingestBulkFile(database.pool, {
  shop,
  operationId: randomUUID(),
  purpose: "orders",
  path,
  workDir,
  source: "dump",
  expected: null,
  now,
});
const cached = performance.now();
const tally = await processPendingOrders(database.pool, { shop, limit: Infinity, now });
const ended = performance.now();
await database.close();

const usage = process.resourceUsage();
const figures: RoadFigures = {
  cacheSeconds: (cached - started) / 1000,
  erpSeconds: (ended - cached) / 1000,
  cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
  peakRssMb: usage.maxRSS / 1024,
  processed: tally.processed,
  failed: tally.failed,
  unchangedEntries: ingested.unchanged,
};
console.log(JSON.stringify(figures));
