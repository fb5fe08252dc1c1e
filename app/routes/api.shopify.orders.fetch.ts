import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { getContext } from "#app/context.server.ts";
import { fetchOrder } from "#app/jobs/fetch-order.server.ts";
import { AppError } from "#app/lib/errors.ts";

import { answerError } from "./answer-error.server.ts";
import { authenticatePage } from "./authenticate-page.server.ts";
import { pageClient } from "./page-client.server.ts";

/** By Shopify's id, or by the number a person calls it by ("#1001" or "1001"). */
const Which = z.union([
  z.strictObject({ id: z.string().min(1).max(20) }),
  z.strictObject({ number: z.string().trim().min(1).max(100) }),
]);

/** POST: one order, asked of Shopify now and brought into the ERP at once, for somebody who waits. */
export async function action({ request }: ActionFunctionArgs) {
  const visit = await authenticatePage(request);
  const context = getContext();
  try {
    const which = Which.safeParse(await request.json().catch(() => null));
    if (!which.success)
      throw new AppError("VALIDATION", 'number or id: say which order, as JSON like {"number": "#1001"}.');
    const client = pageClient(context, visit);
    const result = await fetchOrder(context, { shop: visit.shop, client, ...which.data });
    if (!result.found) throw new AppError("NOT_FOUND", result.message);
    return Response.json({ orders: result.orders });
  } catch (error) {
    if (error instanceof AppError) return answerError(error);
    throw error;
  }
}
