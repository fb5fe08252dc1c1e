import type { AppContext } from "#app/context.server.ts";
import type { NotApplied } from "#app/erp/processor/not-applied.ts";

import { explainIfReadable } from "../explain-if-readable.server.ts";

/** What Shopify says of an order and the ERP did not follow; null while the order cannot be read. */
export async function loadNotApplied(
  context: Pick<AppContext, "database" | "log" | "now">,
  of: { shop: string; orderId: string },
): Promise<NotApplied[] | null> {
  return (await explainIfReadable(context, of))?.notApplied ?? null;
}
