import type { ActionFunctionArgs } from "@remix-run/node";

import { ingestDelivery } from "#app/cache/ingest-delivery.server.ts";
import { noteAnswer } from "#app/cache/note-answer.server.ts";
import { getContext } from "#app/context.server.ts";
import { receiveWebhook } from "#app/shopify/webhooks/receive-webhook.server.ts";
import type { WebhookRoute } from "#app/shopify/webhooks/topics.ts";

/** What one of the addresses under /api/webhooks/shopify/ does with a request of any method. */
export const webhookRoute =
  (route: WebhookRoute) =>
  ({ request }: ActionFunctionArgs): Promise<Response> =>
    receiveWebhook(request, { ...getContext(), storeDelivery: ingestDelivery, noteAnswer }, route);
