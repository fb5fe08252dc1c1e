import { z } from "zod";

import { enqueueStockDifferences } from "#app/erp/inventory/enqueue-stock-differences.server.ts";
import { missingScope } from "#app/outbox/sent-kinds.ts";
import { createFormat } from "#app/ui/format.ts";
import type { StockSendAnswer } from "#app/ui/stock-compare-view.ts";
import { showStockPreview } from "#app/writeback/show-stock-preview.server.ts";
import { switchKind } from "#app/writeback/switch-kind.server.ts";

import type { PageRequest } from "./load-page.server.ts";
import { readPermissions } from "./perform-write-back-intent.server.ts";
import { RecordId } from "./record-id.ts";

/** What a person can want on the comparison of stock. */
export const StockSendIntent = z.discriminatedUnion("intent", [
  /** To be shown what would change, counted now. */
  z.object({ intent: z.literal("see-stock") }),
  z.object({ intent: z.literal("allow-stock"), previewId: RecordId }),
  z.object({ intent: z.literal("send-differences") }),
]);
type StockSendIntent = z.infer<typeof StockSendIntent>;

/**
 * Shows what would change in Shopify; lets stock be sent, by what was shown; or sends what differs.
 * @throws AppError where it cannot be done, in words
 */
export async function performStockSend(page: PageRequest, intent: StockSendIntent): Promise<StockSendAnswer> {
  const { pool, shop, userId: actor, now, connection } = page;
  if (intent.intent === "see-stock")
    return { ok: true, message: null, preview: await showStockPreview(pool, { shop, actor, now }) };
  if (intent.intent === "allow-stock") {
    const kind = "inventorySet";
    // It may have been given a moment ago.
    if (missingScope(kind, connection.scopes) !== null) await readPermissions(page);
    await switchKind(pool, { shop, kind, on: true, previewId: intent.previewId, actor, now });
    return { ok: true, message: "Stock is sent from now on" };
  }
  const { number } = createFormat(connection);
  const count = await enqueueStockDifferences(pool, { shop, actor, now });
  return {
    ok: true,
    message:
      count === 0
        ? "Nothing new to send: what differs is on its way or waits for your answer"
        : count === 1
          ? "1 difference is being sent"
          : `${number(count)} differences are being sent`,
  };
}
