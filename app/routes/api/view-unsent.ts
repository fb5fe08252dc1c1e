import { errorCatalogue, explainError, type ErrorCode } from "#app/lib/errors.ts";
import { createFormat } from "#app/ui/format.ts";
import { outboxState, outboxWish } from "#app/ui/outbox-words.ts";
import type { Unsent } from "#app/writeback/find-unsent.server.ts";

import { readErrorCode } from "./failure.ts";
import type { NotSent } from "./order-sync-schema.ts";

/** Amounts stay as they are: whoever shows it writes them. */
const money = (amount: string, currency: string) => `${amount} ${currency}`;

/** What waits because of a switch or a permission has no error of its own. */
const held: Partial<Record<Unsent["standing"], { code: ErrorCode; next: string }>> = {
  off: { code: "PREVIEW_NEEDED", next: errorCatalogue.PREVIEW_NEEDED.next },
  not_granted: { code: "SCOPE_MISSING", next: "Give the permission on the app's page Write-back." },
};

/** Why Shopify does not have a change of the ERP's, and what to do about it. */
export function viewUnsent(
  unsent: Unsent,
  place: { locale: string | null; timeZone: string | null },
): NotSent {
  const { standing, kind, error, conflict, next } = unsent;
  const code = unsent.errorCode ?? "INTERNAL";
  const state = outboxState(unsent, { ...createFormat(place), money });
  return {
    ...{ standing, kind, words: outboxWish(unsent) },
    ...(held[standing] ?? { code: readErrorCode(code), next: next ?? explainError(code).next }),
    text: (standing === "conflict" ? error : state) ?? explainError(code).words,
    conflict: conflict && { erp: conflict.erp, shopify: conflict.shopify },
  };
}
