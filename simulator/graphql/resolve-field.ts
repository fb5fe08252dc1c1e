import { getNamedType, getNullableType, isListType, type GraphQLResolveInfo } from "graphql";
import type { SimNode, SimValue } from "#simulator/store/types.ts";
import { accessDenied, findClosedRule } from "./access-errors.ts";
import { connectionNodeType, type AnyField } from "./connection-types.ts";
import { pageConnection } from "./connection-page.ts";
import { NotSimulatedError } from "./not-simulated-error.ts";
import { resolveMutation } from "./resolve-mutation.ts";
import { resolveRoot } from "./resolve-root.ts";
import { selectRowsNow } from "./select-rows.ts";
import type { SimContext } from "./sim-context.ts";

/**
 * The one resolver of every field: scopes first, then the root tables, else the record's own value
 * (functions called with the arguments, arrays paged where the schema says connection).
 *
 * @throws NotSimulatedError for a field the record does not have.
 */
export function resolveField(
  source: unknown,
  args: Record<string, unknown>,
  context: SimContext,
  info: GraphQLResolveInfo,
): unknown {
  const parent = info.parentType;
  const field = parent.getFields()[info.fieldName] as AnyField;
  const closed = findClosedRule(context.admin, parent, field, context.granted);
  if (closed !== null) throw accessDenied(info.fieldName, closed);
  const path = pathOf(info);
  if (parent === info.schema.getQueryType()) return resolveRoot(field, args, context, path);
  if (parent === info.schema.getMutationType()) return resolveMutation(field, args, context, info);
  return readValue(
    source as Readonly<Record<string, SimValue | undefined>>,
    parent.name,
    field,
    args,
    context,
    path,
  );
}

function readValue(
  source: Readonly<Record<string, SimValue | undefined>>,
  parentName: string,
  field: AnyField,
  args: Record<string, unknown>,
  context: SimContext,
  path: readonly (string | number)[],
): unknown {
  const stored = source[field.name];
  const value = typeof stored === "function" ? stored(args) : stored;
  if (value === undefined) throw new NotSimulatedError(`${parentName}.${field.name}`);
  if (!Array.isArray(value)) return value;
  const nodeType = connectionNodeType(field.type);
  if (nodeType !== null) {
    const rows = selectRowsNow({
      source: value as SimNode[],
      field,
      nodeTypeName: nodeType.name,
      args,
      granted: context.granted,
      now: context.now,
      warn: (warnings) => {
        context.warn(path, warnings);
      },
    });
    return pageConnection(rows, args);
  }
  // Lists like Order.refunds take `first` too.
  return isListType(getNullableType(field.type)) && typeof args.first === "number"
    ? value.slice(0, args.first)
    : value;
}

/** The concrete type of a record behind an interface or a union. */
export function resolveType(value: unknown, _context: unknown, info: GraphQLResolveInfo): string {
  const name =
    typeof value === "object" && value !== null && "__typename" in value ? value.__typename : undefined;
  if (typeof name !== "string")
    throw new NotSimulatedError(
      `The __typename of a ${getNamedType(info.returnType).name} (field ${info.fieldName})`,
    );
  return name;
}

function pathOf(info: GraphQLResolveInfo): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at: GraphQLResolveInfo["path"] | undefined = info.path; at !== undefined; at = at.prev)
    keys.unshift(at.key);
  return keys;
}
