import { data } from "@remix-run/node";
import type { z } from "zod";

import { getContext } from "#app/context.server.ts";
import { AppError, errorCatalogue } from "#app/lib/errors.ts";
import { isDatabaseDown } from "#app/lib/is-database-down.ts";
import type { PageAnswer } from "#app/ui/page-answer.ts";

import { authenticatePage } from "./authenticate-page.server.ts";
import type { PageRequest } from "./load-page.server.ts";
import { pageRefusal } from "./page-refusal.ts";

/**
 * A page's action: knows who asks, reads what they want (a form's fields), does it, and says in words how it went. Every failure is an
 * answer with its next step, also one of ours (which is logged): the page stays, with what the person has typed into it.
 * @param Intent the union of everything that can be wanted on the page
 * @throws Response of the Shopify library for whoever it does not know
 */
export async function answerIntent<Intent, Answer extends PageAnswer>(
  request: Request,
  Intent: z.ZodType<Intent>,
  perform: (page: PageRequest, intent: Intent) => Promise<Answer>,
) {
  const context = getContext();
  try {
    const visit = await authenticatePage(request);
    // A body that is no form wants nothing that is known.
    const form = await request.formData().catch(() => []);
    const intent = Intent.safeParse(Object.fromEntries(form));
    if (!intent.success) throw new AppError("VALIDATION", "This page does not know that wish: reload it.");
    const page = {
      ...visit,
      context,
      pool: context.database.pool,
      now: context.now(),
      url: new URL(request.url),
    };
    return await perform(page, intent.data);
  } catch (error) {
    if (error instanceof Response) throw error;
    const { answer, status } = refusalOf(error);
    if (answer.code === "INTERNAL")
      context.log.error(
        { err: error, method: request.method, path: new URL(request.url).pathname },
        "request failed",
      );
    return data(answer, status);
  }
}

type Refusal = Extract<PageAnswer, { ok: false }>;

function refusalOf(error: unknown): { answer: Refusal; status: number } {
  if (error instanceof AppError) {
    const { told, status } = pageRefusal(error);
    return { answer: { ok: false, ...told }, status };
  }
  const code = isDatabaseDown(error) ? "DATABASE_DOWN" : "INTERNAL";
  const { words, status } = errorCatalogue[code];
  const next =
    code === "DATABASE_DOWN"
      ? "What you have entered is still here: try it again in a moment."
      : "What you have entered is still here: try it again. If it stays, tell support when it happened.";
  return { answer: { ok: false, code, message: words, next }, status };
}
