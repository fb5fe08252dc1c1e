import type { LoaderFunctionArgs } from "@remix-run/node";

import { deliveryState } from "#app/cache/delivery-state.ts";
import { listDeliveryLog, type LoggedDelivery } from "#app/cache/list-delivery-log.server.ts";
import { everyRow } from "#app/lib/every-row.ts";
import { readSnapshot } from "#app/lib/read-snapshot.server.ts";
import { statusLook } from "#app/ui/status-words.ts";

import { describeDeliveryFailure } from "./describe-delivery-failure.ts";
import { loadPage } from "./load-page.server.ts";
import { readDeliveriesQuery } from "./load-webhook-pages.server.ts";
import { streamCsv, type CsvColumns } from "./stream-csv.server.ts";

const ROWS_AT_ONCE = 1000;

const ms = (from: Date | null, to: Date | null) =>
  from === null || to === null ? null : to.getTime() - from.getTime();

/** Nothing of what a delivery brought: persons are in it. */
const columns: CsvColumns<LoggedDelivery> = {
  Webhook: ({ webhookId }) => webhookId,
  Topic: ({ topic }) => topic,
  Kind: ({ kind }) => kind,
  Record: ({ recordId }) => recordId,
  Outcome: (row) => statusLook("delivery", deliveryState(row)).words,
  "Triggered at": ({ triggeredAt }) => triggeredAt?.toISOString() ?? null,
  "Received at": ({ receivedAt }) => receivedAt.toISOString(),
  "Answered at": ({ answeredAt }) => answeredAt?.toISOString() ?? null,
  "Processed at": ({ processedAt }) => processedAt?.toISOString() ?? null,
  "On its way, ms": ({ triggeredAt, receivedAt }) => ms(triggeredAt, receivedAt),
  "Answered in, ms": ({ receivedAt, answeredAt }) => ms(receivedAt, answeredAt),
  "Processed in, ms": ({ receivedAt, processedAt }) => ms(receivedAt, processedAt),
  "Came again": ({ duplicates }) => duplicates,
  "Error code": ({ errorCode }) => errorCode,
  Error: ({ errorCode, error }) =>
    errorCode === null ? null : describeDeliveryFailure(errorCode, error).text,
};

/** The delivery log as CSV, filtered and sorted as it is shown. */
export async function loader({ request, context: line }: LoaderFunctionArgs) {
  return loadPage(request, ({ shop, pool, connection, context }) => {
    const { filter, newestFirst } = readDeliveriesQuery(request, connection.timeZone ?? "UTC");
    const rows = readSnapshot(pool, (db) =>
      everyRow((at) => listDeliveryLog(db, { shop, filter, newestFirst, at, limit: ROWS_AT_ONCE })),
    );
    const reader = { log: context.log, signal: request.signal, drained: line.drained };
    return Promise.resolve(streamCsv("webhooks", columns, rows, reader));
  });
}
