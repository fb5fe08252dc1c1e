import { AppError, errorCatalogue, type ErrorCode } from "#app/lib/errors.ts";
import { isOutage } from "#app/outbox/send-again-at.ts";
import { errorsOfAnswer } from "#app/shopify/client/graphql-answer.ts";

type FailureEnd =
  | { status: "refused"; errorCode: ErrorCode; error: string }
  | { status: "waiting"; errorCode: ErrorCode | null; error: string | null; waitMs?: number };

/** What a failure to send means. */
export type Failure = {
  end: FailureEnd;
  /** Shopify may have done it all the same: its answer did not come. */
  mayBeDone: boolean;
  /** Shopify could not be asked at all: it is the shop's or Shopify's trouble, not the intent's. */
  isDown: boolean;
  /** A bug. */
  isOurs: boolean;
};

/**
 * The shop's trouble waits and is tried again; a permission that is not there, and what Shopify cannot read, is for a person.
 * @param hasLeft a mutation was under way
 */
export function endOfFailure(
  error: unknown,
  { stopped, hasLeft }: { stopped: boolean; hasLeft: boolean },
): Failure {
  if (stopped)
    return {
      end: { status: "waiting", errorCode: null, error: null, waitMs: 0 },
      ...{ mayBeDone: true, isDown: false, isOurs: false },
    };
  if (!(error instanceof AppError))
    return {
      end: { status: "waiting", errorCode: "INTERNAL", error: errorCatalogue.INTERNAL.words },
      ...{ mayBeDone: true, isDown: false, isOurs: true },
    };
  const { code, message } = error;
  // An error below the mutation's own field: Shopify did it, and could not say all that was asked about it.
  const isOfAnswer = errorsOfAnswer(error)?.some(({ path = [] }) => path.length > 1) ?? false;
  if (hasLeft && isOfAnswer)
    return {
      end: { status: "waiting", errorCode: code, error: message },
      ...{ mayBeDone: true, isDown: false, isOurs: false },
    };
  if (code === "SCOPE_MISSING")
    return {
      end: { status: "refused", errorCode: "SCOPE_MISSING", error: message },
      ...{ mayBeDone: false, isDown: false, isOurs: false },
    };
  const isOfDocument = code === "SHOPIFY_REFUSED" && errorsOfAnswer(error) !== null;
  if (code === "NOT_FOUND" || isOfDocument)
    return {
      end: { status: "refused", errorCode: isOfDocument ? "SHOPIFY_REFUSED" : code, error: message },
      ...{ mayBeDone: false, isDown: false, isOurs: false },
    };
  return {
    end: { status: "waiting", errorCode: code, error: message },
    ...{ mayBeDone: code === "SHOPIFY_UNREACHABLE", isDown: isOutage(code), isOurs: false },
  };
}
