import { AppError, type ErrorCode } from "#app/lib/errors.ts";

/** What a mutation answers when it refuses: part of the data, with HTTP 200. */
export type UserError = { field?: readonly string[] | null; code?: string | null; message: string };

/** Throws what Shopify said, with the fields it named; does nothing for an empty list. */
export function throwUserErrors(userErrors: readonly UserError[], code: ErrorCode = "SHOPIFY_REFUSED"): void {
  if (userErrors.length === 0) return;
  throw new AppError(code, userErrors.map(describeUserError).join("; "));
}

/** `input.query: is too large`. */
function describeUserError({ field, message }: UserError): string {
  return field && field.length > 0 ? `${field.join(".")}: ${message}` : message;
}
