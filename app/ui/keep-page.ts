import { isRouteErrorResponse, type ClientActionFunctionArgs } from "@remix-run/react";

import { NO_ANSWER } from "./ask-api.ts";
import type { PageAnswer } from "./page-answer.ts";

/**
 * A page's `clientAction`: sends the wish on to the server, and where no answer comes back (no network, the web process is gone) says
 * so as one, so that the page stays with what was typed into it. What the server answers with on purpose goes its way.
 */
export async function keepPage({ serverAction }: ClientActionFunctionArgs): Promise<unknown> {
  try {
    return await serverAction();
  } catch (error) {
    if (error instanceof Response || isRouteErrorResponse(error)) throw error;
    const answer: PageAnswer = { ok: false, ...NO_ANSWER };
    // A status of failure: nothing has changed, so the page is not loaded anew either.
    return Response.json(answer, { status: 503 });
  }
}
