import type { Pool } from "pg";
import { inTransaction } from "#app/lib/db.server.ts";
import { recordAudit } from "#app/lib/record-audit.server.ts";
import { dropExpiredExports, loadExport } from "./privacy-requests.server.ts";

/**
 * The data of a person for somebody of the shop, and a record that they took it: both or neither.
 * @returns null where there is nothing to download, or its time is over
 */
export async function downloadExport(
  pool: Pool,
  { shop, id, actor, now }: { shop: string; id: string; actor: string; now: Date },
): Promise<string | null> {
  return inTransaction(pool, async (tx) => {
    await dropExpiredExports(tx, { shop, now });
    const document = await loadExport(tx, { shop, id });
    if (document !== null)
      await recordAudit(tx, { shop, actor, action: "privacy.download", target: id, details: {}, now });
    return document;
  });
}
