import { AppError } from "#app/lib/errors.ts";
import type { QueryCost } from "./throttle.ts";

/** One entry of a GraphQL answer's top-level `errors`. */
export type GraphqlError = {
  message: string;
  path?: readonly (string | number)[];
  extensions?: { code?: string; requiredAccess?: string };
};

export type GraphqlExtensions = {
  cost?: QueryCost;
  /** Only for searches: what Shopify did not understand and therefore IGNORED. */
  search?: {
    path: string[];
    query: string;
    parsed?: unknown;
    warnings?: { field: string; message: string }[];
  }[];
};

/** The body of a GraphQL answer, of which Shopify's front servers may have made anything. */
export type GraphqlAnswer = {
  data?: unknown;
  errors?: GraphqlError[] | string;
  extensions?: GraphqlExtensions;
};

/** What to do about an answer that came with HTTP 200. */
export type Verdict = "fine" | "throttled" | "fault" | AppError;

/**
 * Sorts an answer by its errors' codes. A field error counts although the rest of the data came: half an answer
 * would be taken for all there is. THROTTLED comes with HTTP 200 (Shopify's docs, API limits).
 */
export function judgeAnswer(answer: GraphqlAnswer): Verdict {
  const { errors } = answer;
  if (errors === undefined || errors.length === 0) return answer.data === undefined ? "fault" : "fine";
  if (typeof errors === "string") return new AppError("SHOPIFY_REFUSED", `Shopify: ${errors}`);
  const codes = errors.map((error) => error.extensions?.code);
  if (codes.includes("THROTTLED")) return "throttled";
  if (codes.includes("INTERNAL_SERVER_ERROR") || codes.includes("TIMEOUT")) return "fault";
  const said = [...new Set(errors.map((error) => error.message))].join("; ");
  const denied = errors.find((error) => error.extensions?.code === "ACCESS_DENIED");
  if (denied) return new AppError("SCOPE_MISSING", `Shopify: ${said}`, { cause: errors });
  return new AppError("SHOPIFY_REFUSED", `Shopify: ${said}`, { cause: errors });
}

/**
 * What Shopify found wrong with the document or with what it asked for, or null where the failure is about something else
 * (the shop, its token, the network): asking for less may help.
 */
export function errorsOfAnswer(failure: unknown): readonly GraphqlError[] | null {
  return failure instanceof AppError && Array.isArray(failure.cause)
    ? (failure.cause as readonly GraphqlError[])
    : null;
}
