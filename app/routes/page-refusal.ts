import { explainError, type AppError, type ErrorCode } from "#app/lib/errors.ts";

/** What a page says of a refusal: its words, and the next step, the thrower's own where it knows better than the catalogue. */
export function pageRefusal({ code, message, next: own }: Pick<AppError, "code" | "message" | "next">): {
  told: { code: ErrorCode; message: string; next: string };
  status: number;
} {
  const { next, status } = explainError(code);
  return { told: { code, message, next: own ?? next }, status };
}
