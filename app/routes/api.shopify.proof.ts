import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";

import { getContext } from "#app/context.server.ts";
import { checkPeriod } from "#app/jobs/check-period.ts";
import { AppError } from "#app/lib/errors.ts";
import { startOfDay } from "#app/lib/zoned-day.ts";
import { askForOrders } from "#app/reconcile/ask-for-orders.server.ts";
import { explainRefusal } from "#app/reconcile/explain-refusal.ts";
import { loadProofLine } from "#app/reconcile/load-proof-line.server.ts";
import { proveAndHeal } from "#app/reconcile/prove-and-heal.server.ts";
import { notifyCachePending } from "#app/shopify/webhooks/notify-cache-pending.server.ts";

import { answerError } from "./answer-error.server.ts";
import { authenticatePage } from "./authenticate-page.server.ts";
import { pageClient } from "./page-client.server.ts";
import { readProofDay } from "./read-proof-day.ts";

/** The proof of a day as it was last checked: `?day=YYYY-MM-DD`, yesterday by default. */
export async function loader({ request }: LoaderFunctionArgs) {
  const asker = await authenticatePage(request);
  return answer(async () => Response.json(await loadLine(asker.shop, dayAsked(request, asker))));
}

/**
 * Checks a day now, for somebody who waits. What is missing or differs is noted for the worker, which fetches it within
 * moments. Where the day could not be proved, the ERP's figures are kept and the answer is why, with the next step.
 */
export async function action({ request }: ActionFunctionArgs) {
  const asker = await authenticatePage(request);
  return answer(async () => {
    const context = getContext();
    const { database, log, now } = context;
    const { shop, connection } = asker;
    const { day, timeZone } = dayAsked(request, asker);
    checkPeriod({ from: startOfDay(day, timeZone), scopes: connection.scopes, now: now() });
    const proof = await proveAndHeal(context, {
      ...{ shop, day, client: pageClient(context, asker) },
      heal: async (_ids, found) => {
        await askForOrders(database.pool, found, now());
        notifyCachePending(database.pool, log);
      },
    });
    if (proof.refusal) return answerError(proof.refusal, explainRefusal(proof.refusal).next);
    return Response.json(await loadLine(shop, { day }));
  });
}

type Asker = Awaited<ReturnType<typeof authenticatePage>>;

function dayAsked(request: Request, { connection }: Asker): { day: string; timeZone: string } {
  const timeZone = connection.timeZone ?? "UTC";
  const { searchParams } = new URL(request.url);
  return { day: readProofDay(searchParams, { timeZone, now: getContext().now() }), timeZone };
}

function loadLine(shop: string, { day }: { day: string }) {
  const { database, now } = getContext();
  return loadProofLine(database.pool, { shop, day, now: now() });
}

async function answer(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) return answerError(error);
    throw error;
  }
}
