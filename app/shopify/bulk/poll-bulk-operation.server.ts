import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import type { AdminClient } from "../client/admin-client.server.ts";
import { updateBulkOperation } from "./bulk-operation-rows.server.ts";
import {
  isOver,
  pollIntervalMs,
  readBulkOperation,
  type BulkOperation,
  type BulkOperationNode,
} from "./bulk-operation.ts";
import type { BulkWaker } from "./bulk-waker.ts";

const byId = `query BulkById($id: ID!) {
  bulkOperation(id: $id) {
    id type status errorCode createdAt completedAt objectCount rootObjectCount fileSize url partialDataUrl
  }
}`;

/** Asks Shopify for one operation and stores the answer. Throws BULK_EXPIRED when Shopify no longer knows it. */
export async function fetchBulkOperation(
  db: Db,
  options: { client: AdminClient; shop: string; id: string; now: () => Date },
): Promise<BulkOperation> {
  const { client, shop, id, now } = options;
  const { data } = await client.graphql<{ bulkOperation: BulkOperationNode | null }>(byId, { id });
  if (!data.bulkOperation)
    throw new AppError("BULK_EXPIRED", `Shopify no longer knows the bulk operation ${id}.`);
  const operation = readBulkOperation(data.bulkOperation);
  await updateBulkOperation(db, { shop, operation, now: now() });
  return operation;
}

/**
 * Asks until the operation is over and returns its end, whichever it is. Shopify does not promise the finish
 * webhook, so it only wakes us early; a job that is to stop ends the wait with its signal's reason.
 */
export async function pollBulkOperation(
  db: Db,
  options: {
    client: AdminClient;
    shop: string;
    id: string;
    signal: AbortSignal;
    now: () => Date;
    waker: BulkWaker;
    onProgress?: (operation: BulkOperation) => void;
  },
): Promise<BulkOperation> {
  const begin = Date.now();
  for (;;) {
    options.signal.throwIfAborted();
    const operation = await fetchBulkOperation(db, options);
    if (isOver(operation)) return operation;
    options.onProgress?.(operation);
    await options.waker.sleep(options.id, pollIntervalMs(Date.now() - begin), options.signal);
  }
}
