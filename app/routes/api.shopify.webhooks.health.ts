import type { LoaderFunctionArgs } from "@remix-run/node";

import { loadWebhookHealth } from "#app/cache/load-webhook-health.server.ts";
import { getContext } from "#app/context.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { authenticate } from "#app/shopify.server.ts";

import { answerError } from "./answer-error.server.ts";

const HOUR_MS = 3_600_000;
/** The longest a shop may keep its delivery log is longer; a month tells the rhythm. */
const MOST_HOURS = 744;

/** How the shop's webhooks came in the last so many hours: `?hours=24` (the default), at most 744. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { session } = await authenticate.admin(request);
  const { database, now } = getContext();
  const hours = new URL(request.url).searchParams.get("hours") ?? "24";
  if (!/^\d{1,3}$/.test(hours) || Number(hours) < 1 || Number(hours) > MOST_HOURS) {
    const wrong = `hours: this is not a whole number from 1 to ${String(MOST_HOURS)}.`;
    return answerError(new AppError("VALIDATION", wrong));
  }
  const at = now();
  const since = new Date(at.getTime() - Number(hours) * HOUR_MS);
  return Response.json(await loadWebhookHealth(database.pool, { shop: session.shop, since, now: at }));
}
