import { GraphQLError } from "graphql";
import type { Mutation, MutationCall } from "./mutation-desk.ts";
import { userError } from "./user-errors.ts";

/**
 * A mutation that Shopify runs only with `@idempotent(key:)`: the same key and arguments get the same answer, and
 * nothing happens again. Shopify's words. Assumed: a request that was refused (userErrors) has used its key up.
 * @param refused the payload around a user error.
 */
export function idempotent(mutation: Mutation, refused: (error: unknown) => unknown): Mutation {
  return async (call: MutationCall) => {
    const { desk, idempotencyKey: key } = call;
    if (key === null || key.trim() === "")
      throw new GraphQLError(
        "The @idempotent directive is required for this mutation but was not provided.",
        {
          extensions: { code: "BAD_REQUEST" },
        },
      );
    const recall = desk.idempotency.begin(key, `${call.name} ${JSON.stringify(call.args)}`);
    switch (recall.kind) {
      case "again":
        return recall.payload;
      case "mismatch":
        return refused(
          userError(
            null,
            "The same idempotency key cannot be used with different operation parameters.",
            "IDEMPOTENCY_KEY_PARAMETER_MISMATCH",
          ),
        );
      case "running":
        return refused(
          userError(
            null,
            "This request is currently in progress, please try again.",
            "IDEMPOTENCY_CONCURRENT_REQUEST",
          ),
        );
      case "failed":
        return refused(
          userError(
            null,
            "A previous request with this idempotency key failed. Retry with a new idempotency key.",
            "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED",
          ),
        );
      case "first":
    }
    try {
      const payload = await mutation(call);
      desk.idempotency.end(key, hasErrors(payload) ? "failed" : "done", payload);
      return payload;
    } catch (error) {
      desk.idempotency.forget(key); // a request that could not be read has not begun
      throw error;
    }
  };
}

function hasErrors(payload: unknown): boolean {
  const errors = (payload as { userErrors?: unknown } | null)?.userErrors;
  return Array.isArray(errors) && errors.length > 0;
}
