import type { ActionFunctionArgs } from "@remix-run/node";

import { ingestDelivery } from "#app/cache/ingest-delivery.server.ts";
import { getContext } from "#app/context.server.ts";
import { receiveWebhook } from "#app/shopify/webhooks/receive-webhook.server.ts";

/** What privacy law asks of every app: a customer's data, and forgetting a customer or a shop. */
export const action = ({ request }: ActionFunctionArgs) =>
  receiveWebhook(request, { ...getContext(), storeDelivery: ingestDelivery }, "compliance");

/** A GET is no webhook: answered 405, like every other method. */
export const loader = action;
