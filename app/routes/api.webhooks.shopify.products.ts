import type { ActionFunctionArgs } from "@remix-run/node";

import { ingestDelivery } from "#app/cache/ingest-delivery.server.ts";
import { getContext } from "#app/context.server.ts";
import { receiveWebhook } from "#app/shopify/webhooks/receive-webhook.server.ts";

/** Products and their variants. */
export const action = ({ request }: ActionFunctionArgs) =>
  receiveWebhook(request, { ...getContext(), storeDelivery: ingestDelivery }, "products");

/** A GET is no webhook: answered 405, like every other method. */
export const loader = action;
