import type { ActionFunctionArgs } from "@remix-run/node";

import { ingestDelivery } from "#app/cache/ingest-delivery.server.ts";
import { getContext } from "#app/context.server.ts";
import { receiveWebhook } from "#app/shopify/webhooks/receive-webhook.server.ts";

/** The end of a bulk operation. */
export const action = ({ request }: ActionFunctionArgs) =>
  receiveWebhook(request, { ...getContext(), storeDelivery: ingestDelivery }, "bulk");

/** A GET is no webhook: answered 405, like every other method. */
export const loader = action;
