import { explainError, type AppError } from "#app/lib/errors.ts";

/** What kept a check from proving a day, and what to do about it, in a merchant's words. */
export type Refusal = { message: string; next: string };

/** The catalogue's next step, but where it speaks of a sync that goes on by itself: a check does not. */
export function explainRefusal({ code, message }: AppError): Refusal {
  const next =
    code === "RATE_LIMITED"
      ? "Check again in a minute: the app's syncs use all that Shopify allows just now."
      : explainError(code).next;
  return { message, next };
}

/** The same as one text. */
export function refusalWords(refusal: AppError): string {
  const { message, next } = explainRefusal(refusal);
  return `${message} ${next}`;
}
