import { data } from "@remix-run/node";
import type { z } from "zod";

import { getContext } from "#app/context.server.ts";
import { AppError, explainError } from "#app/lib/errors.ts";
import type { PageAnswer } from "#app/ui/page-answer.ts";

import { authenticatePage } from "./authenticate-page.server.ts";
import type { PageRequest } from "./load-page.server.ts";

/**
 * A page's action: knows who asks, reads what they want (a form's fields), does it, and says in words how it went. What a
 * merchant can act on is an answer with its next step; anything else is a bug.
 * @param Intent the union of everything that can be wanted on the page
 */
export async function answerIntent<Intent, Answer extends PageAnswer>(
  request: Request,
  Intent: z.ZodType<Intent>,
  perform: (page: PageRequest, intent: Intent) => Promise<Answer>,
) {
  const visit = await authenticatePage(request);
  const context = getContext();
  try {
    const intent = Intent.safeParse(Object.fromEntries(await request.formData()));
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
    if (!(error instanceof AppError)) throw error;
    const { next, status } = explainError(error.code);
    const answer: PageAnswer = { ok: false, code: error.code, message: error.message, next };
    return data(answer, status);
  }
}
