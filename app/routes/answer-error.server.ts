import { getContext } from "#app/context.server.ts";
import { explainError, type AppError } from "#app/lib/errors.ts";

/** How the API says what went wrong: code, words and next step, with the status that belongs to the code. */
export function answerError({ code, message, next: own }: AppError, nextStep = own): Response {
  const { next, status } = explainError(code, getContext().env.shopify?.mode);
  return Response.json({ error: { code, message, next: nextStep ?? next } }, { status });
}
