import { sendRefusedAgain } from "#app/outbox/send-refused-again.server.ts";
import { settleIntent } from "#app/writeback/settle-intent.server.ts";
import type { PageAnswer } from "#app/ui/page-answer.ts";

import type { PageRequest } from "./load-page.server.ts";
import type { OutboxPageIntent } from "./outbox-intent.ts";

/**
 * Does what a person wants of the updates to Shopify, and says how it went.
 * @throws AppError where it cannot be done, in words
 */
export async function performOutboxIntent(
  { pool, shop, userId: actor, now }: Pick<PageRequest, "pool" | "shop" | "userId" | "now">,
  intent: OutboxPageIntent,
): Promise<PageAnswer> {
  if (intent.intent === "settle") {
    const { id, decision } = intent;
    const { words } = await settleIntent(pool, { shop, id, decision, actor, now });
    return { ok: true, message: words };
  }
  const { sent, left } = await sendRefusedAgain(pool, { shop, kind: intent.kind, actor, now });
  const rest = left === 0 ? "" : `; ${String(left)} are left for another press`;
  return {
    ok: true,
    message: sent === 0 ? "Nothing of that kind is refused any more" : `${String(sent)} sent again${rest}`,
  };
}
