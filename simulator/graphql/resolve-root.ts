import { getNamedType, isObjectType } from "graphql";
import { isGranted } from "#simulator/schema/access-rules.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { accessDenied } from "./access-errors.ts";
import { connectionNodeType, type AnyField } from "./connection-types.ts";
import { pageConnection, type ConnectionPage } from "./connection-page.ts";
import { checkGid, checkGidOf } from "./global-id.ts";
import { findCalculatedOrder } from "./mutations/order-edit.ts";
import { NotSimulatedError } from "./not-simulated-error.ts";
import { isRecentOrder } from "./root-rules.ts";
import { selectRowsNow, type Rows } from "./select-rows.ts";
import type { SimContext } from "./sim-context.ts";

type Path = readonly (string | number)[];
type Args = Readonly<Record<string, unknown>>;

/**
 * Answers a field of QueryRoot: a connection of the store, a record by id, a count, or one of the
 * app's own things (installation, bulk operations, webhook subscriptions).
 *
 * @throws NotSimulatedError for a root field the simulator does not know.
 */
export function resolveRoot(field: AnyField, args: Args, context: SimContext, path: Path): unknown {
  switch (field.name) {
    case "shop":
      return context.store.shop;
    case "currentAppInstallation":
      return currentAppInstallation(context);
    case "node":
      return findReadable(String(args.id), field, context);
    case "nodes":
      return (args.ids as readonly string[]).map((id) => findReadable(id, field, context));
    case "bulkOperations":
      return pageRows(field, args, context, path, context.bulk?.list() ?? []);
    case "webhookSubscriptions":
      return pageRows(field, args, context, path, []); // the app's subscriptions live in its TOML file
    case "job":
      return context.desk?.jobs.find(checkGidOf(String(args.id), "Job")) ?? null;
    default:
      return resolveStoreRoot(field, args, context, path);
  }
}

function resolveStoreRoot(field: AnyField, args: Args, context: SimContext, path: Path): unknown {
  if (connectionNodeType(field.type) !== null) {
    return pageRows(field, args, context, path, null);
  }
  const returned = getNamedType(field.type);
  if (returned.name === "Count" && field.name.endsWith("Count")) return countRows(field, args, context, path);
  const takesOnlyId = field.args.length === 1 && field.args[0]?.name === "id";
  if (takesOnlyId && isObjectType(returned)) return findOfType(String(args.id), returned.name, context);
  throw new NotSimulatedError(`QueryRoot.${field.name}`);
}

function pageRows(
  field: AnyField,
  args: Args,
  context: SimContext,
  path: Path,
  given: readonly SimNode[] | null,
): ConnectionPage {
  return pageConnection(rowsOf(field, args, context, path, given, field.name), args);
}

/** Counts are exact up to `limit` (10,000 unless told; null = no limit), beyond it "at least". */
function countRows(
  field: AnyField,
  args: Args,
  context: SimContext,
  path: Path,
): { count: number; precision: string } {
  const { size } = rowsOf(field, args, context, path, null, field.name.slice(0, -"Count".length));
  const limit = typeof args.limit === "number" ? args.limit : Infinity;
  return size > limit ? { count: limit, precision: "AT_LEAST" } : { count: size, precision: "EXACT" };
}

function rowsOf(
  field: AnyField,
  args: Args,
  context: SimContext,
  path: Path,
  given: readonly SimNode[] | null,
  collectionName: string,
): Rows {
  const source = given ?? context.store.collection(collectionName);
  if (source === undefined) throw new NotSimulatedError(`QueryRoot.${field.name}`);
  const listed = context.admin.schema.getQueryType()?.getFields()[collectionName];
  const nodeType = connectionNodeType((listed ?? field).type);
  return selectRowsNow({
    source,
    field,
    nodeTypeName: nodeType?.name ?? "",
    args,
    granted: context.granted,
    now: context.now,
    warn: (warnings) => {
      context.warn(path, warnings);
    },
  });
}

/** A record by id where the schema says which type it must be: another type is an error, an unknown id is null. */
function findOfType(id: string, typeName: string, context: SimContext): SimNode | null {
  return findNode(checkGidOf(id, typeName), context);
}

/** By `node` a record is as closed as by its own root field: its type asks for its scopes. */
function findReadable(id: string, field: AnyField, context: SimContext): SimNode | null {
  const rules = context.admin.access.forField("QueryRoot", field.name, checkGid(id));
  const closed = rules.find((rule) => !isGranted(rule, context.granted));
  if (closed !== undefined) throw accessDenied(field.name, closed);
  return findNode(id, context);
}

function findNode(id: string, context: SimContext): SimNode | null {
  const type = checkGid(id);
  if (type === "BulkOperation") return context.bulk?.find(id) ?? null;
  if (type === "CalculatedOrder") return context.desk && findCalculatedOrder(context.desk, id);
  const node = type === "Shop" ? context.store.shop : context.store.node(id);
  if (node === null || (type === "Shop" && node.id !== id)) return null;
  const hidden =
    type === "Order" &&
    !context.granted.has("read_all_orders") &&
    !isRecentOrder(typeof node.createdAt === "string" ? node.createdAt : null, context.now);
  return hidden ? null : node;
}

function currentAppInstallation(context: SimContext): Record<string, unknown> {
  return {
    __typename: "AppInstallation",
    id: "gid://shopify/AppInstallation/500000000001",
    accessScopes: [...context.granted]
      .sort()
      .map((handle) => ({ __typename: "AccessScope", handle, description: handle.replaceAll("_", " ") })),
    app: { __typename: "App", id: "gid://shopify/App/100000000001", apiKey: context.apiKey },
    activeSubscriptions: [],
  };
}
