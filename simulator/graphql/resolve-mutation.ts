import { getDirectiveValues, type GraphQLResolveInfo } from "graphql";
import type { AnyField } from "./connection-types.ts";
import { findMutation } from "./mutations/all-mutations.ts";
import { NotSimulatedError } from "./not-simulated-error.ts";
import type { SimContext } from "./sim-context.ts";

/** Answers a field of Mutation. @throws NotSimulatedError for one the simulator does not know. */
export function resolveMutation(
  field: AnyField,
  args: Readonly<Record<string, unknown>>,
  context: SimContext,
  info: GraphQLResolveInfo,
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
  const mutation = findMutation(field.name);
  if (mutation === null || context.desk === null) throw new NotSimulatedError(`Mutation.${field.name}`);
  return mutation({
    desk: context.desk,
    name: field.name,
    args,
    granted: context.granted,
    admin: context.admin,
    idempotencyKey: readKey(info),
  });
}

/** The key of the field's `@idempotent(key:)`. */
function readKey(info: GraphQLResolveInfo): string | null {
  const directive = info.schema.getDirective("idempotent");
  const node = info.fieldNodes[0];
  if (!directive || !node) return null;
  const key = getDirectiveValues(directive, node, info.variableValues)?.["key"];
  return typeof key === "string" ? key : null;
}
