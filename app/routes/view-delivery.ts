import { deliveryState } from "#app/cache/delivery-state.ts";
import type { LoggedDelivery } from "#app/cache/list-delivery-log.server.ts";
import type { LoadedDelivery } from "#app/cache/load-delivery.server.ts";
import type { DeliveryDetailView, DeliveryView } from "#app/ui/webhook-pages-view.ts";

import { describeDeliveryFailure } from "./describe-delivery-failure.ts";

/** A delivery as the log's page lists it; `echoes`: those that tell of our own changes. */
export function viewDelivery(row: LoggedDelivery, echoes: ReadonlySet<string>): DeliveryView {
  const { webhookId, topic, kind, recordId, duplicates, errorCode } = row;
  return {
    ...{ webhookId, topic, kind, recordId, duplicates, state: deliveryState(row) },
    isOurs: echoes.has(webhookId),
    triggeredAt: row.triggeredAt?.toISOString() ?? null,
    receivedAt: row.receivedAt.toISOString(),
    answeredAt: row.answeredAt?.toISOString() ?? null,
    processedAt: row.processedAt?.toISOString() ?? null,
    error: errorCode === null ? null : { code: errorCode, ...describeDeliveryFailure(errorCode, row.error) },
  };
}

/** A delivery as its own page shows it. */
export function viewDeliveryDetail(row: LoadedDelivery, echoes: ReadonlySet<string>): DeliveryDetailView {
  const { eventId, apiVersion, attempts, bodySize } = row;
  return {
    ...{ ...viewDelivery(row, echoes), eventId, apiVersion, attempts, bodySize },
    nextRetryAt: row.nextRetryAt?.toISOString() ?? null,
    quarantined: row.quarantinedAt !== null,
  };
}
