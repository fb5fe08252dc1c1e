import type { AnyField } from "./connection-types.ts";
import { NotSimulatedError } from "./not-simulated-error.ts";
import type { SimContext } from "./sim-context.ts";

/** Answers a field of Mutation. @throws NotSimulatedError for one the simulator does not know. */
export function resolveMutation(
  field: AnyField,
  args: Readonly<Record<string, unknown>>,
  context: SimContext,
): unknown {
  if (context.bulk !== null && field.name === "bulkOperationRunQuery") {
    return context.bulk.runQuery({
      query: String(args.query),
      groupObjects: args.groupObjects === true,
      granted: context.granted,
    });
  }
  if (context.bulk !== null && field.name === "bulkOperationCancel")
    return context.bulk.cancel(String(args.id));
  throw new NotSimulatedError(`Mutation.${field.name}`);
}
