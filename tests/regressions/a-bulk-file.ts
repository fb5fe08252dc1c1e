import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pool } from "pg";
import type { PayloadSource } from "#app/cache/cache-tables.ts";
import { ingestBulkFile, type IngestBulkResult } from "#app/cache/ingest-bulk-file.server.ts";
import type { BulkPurpose, BulkWindow } from "#app/shopify/bulk/bulk-purpose.ts";
import { bulkDocument } from "#app/shopify/bulk/documents.ts";
import { writeBulkFile } from "#simulator/bulk/write-bulk-file.ts";
import type { SimStore } from "#simulator/store/types.ts";
import { ALL_SCOPES } from "#tests/order-shapes/bulk-records.ts";

/** The app's own bulk query answered by a simulated store, its file brought into the cache. */
export async function bringBulkFile(
  pool: Pool,
  store: SimStore & { domain: string },
  purpose: BulkPurpose,
  {
    window = null,
    source = "dump",
    rearrange,
  }: {
    window?: BulkWindow | null;
    source?: PayloadSource;
    /** The file's lines in another order. */
    rearrange?: (lines: string[]) => string[];
  } = {},
): Promise<IngestBulkResult> {
  const workDir = await mkdtemp(join(tmpdir(), "regressions-"));
  try {
    const path = join(workDir, `${purpose}.jsonl`);
    const { query } = bulkDocument(purpose, { scopes: ALL_SCOPES, window });
    const expected = await writeBulkFile(store, query, path);
    if (rearrange) {
      const lines = (await readFile(path, "utf8")).split("\n").filter((line) => line !== "");
      await writeFile(
        path,
        rearrange(lines)
          .map((line) => `${line}\n`)
          .join(""),
      );
    }
    const now = new Date();
    return await ingestBulkFile(pool, {
      ...{ shop: store.domain, operationId: randomUUID(), purpose, path },
      ...{ workDir, source, expected, now },
    });
  } finally {
    await rm(workDir, { recursive: true });
  }
}
