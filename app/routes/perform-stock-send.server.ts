import { z } from "zod";

import { countStockComparison } from "#app/erp/inventory/count-stock-comparison.server.ts";
import { enqueueStockDifferences } from "#app/erp/inventory/enqueue-stock-differences.server.ts";
import { recordPreview } from "#app/outbox/record-preview.server.ts";
import { missingScope } from "#app/outbox/sent-kinds.ts";
import { switchKind } from "#app/outbox/switch-kind.server.ts";
import { createFormat } from "#app/ui/format.ts";
import type { PageAnswer } from "#app/ui/page-answer.ts";

import type { PageRequest } from "./load-page.server.ts";
import { readPermissions } from "./perform-write-back-intent.server.ts";

/** What a person can want on the comparison of stock. */
export const StockSendIntent = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("allow-stock") }),
  z.object({ intent: z.literal("send-differences") }),
]);
type StockSendIntent = z.infer<typeof StockSendIntent>;

/**
 * Notes that the person has seen the comparison and lets stock be sent; or sends what differs.
 * @throws AppError where it cannot be done, in words
 */
export async function performStockSend(page: PageRequest, { intent }: StockSendIntent): Promise<PageAnswer> {
  const { pool, shop, userId: actor, now, connection } = page;
  if (intent === "allow-stock") {
    // It may have been given a moment ago.
    if (missingScope("inventorySet", connection.scopes) !== null) await readPermissions(page);
    const { levels, equal, differ, raised, lowered, skipped } = await countStockComparison(pool, { shop });
    const figures = { levels, equal, differ, raised, lowered, ...skipped };
    const kind = "inventorySet";
    const previewId = await recordPreview(pool, { shop, kind, actor, figures, now });
    await switchKind(pool, { shop, kind, on: true, previewId, actor, now });
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
