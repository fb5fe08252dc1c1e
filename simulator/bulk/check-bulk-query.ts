import {
  getNamedType,
  getNullableType,
  GraphQLError,
  isCompositeType,
  isListType,
  Kind,
  OperationTypeNode,
  parse,
  validate,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { findClosedRule } from "#simulator/graphql/access-errors.ts";
import { connectionNodeType, type AnyField } from "#simulator/graphql/connection-types.ts";
import { toShopifyErrors } from "#simulator/graphql/shopify-validation-errors.ts";
import { describeSyntaxError } from "#simulator/graphql/syntax-error.ts";
import type { AdminSchema } from "#simulator/schema/load-schema.ts";

/** A bulk query that passed every rule. */
export type BulkQuery = {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** The one top-level field. */
  root: FieldNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
};

const MAX_BYTES = 65_535;
const MAX_CONNECTIONS = 5;
const MAX_NESTED = 2;

/**
 * Shopify's rules for a bulk query, with its own texts (docs, "Perform bulk operations", and recorded
 * answers). It checks the document only; scopes are found out when the operation runs.
 *
 * @returns the message of the first broken rule, or the query taken apart.
 */
export function checkBulkQuery(text: string, admin: AdminSchema): { message: string } | { query: BulkQuery } {
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_BYTES)
    return { message: `Query is too large (${String(bytes)} bytes; maximum is ${String(MAX_BYTES)} bytes)` };
  let document: DocumentNode;
  try {
    document = parse(text);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { message: `Invalid bulk query: ${describeSyntaxError(error)}` };
  }
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) return { message: "Invalid bulk query: syntax error, unexpected end of file" };
  if (operation.operation !== OperationTypeNode.QUERY)
    return { message: "Invalid operation type. Only `query` operations are supported." };
  const errors = validate(admin.schema, document);
  if (errors.length > 0)
    return { message: `Invalid bulk query: ${toShopifyErrors(errors, document)[0]?.message ?? ""}` };

  const fragments = new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const [root, ...others] = operation.selectionSet.selections;
  if (root?.kind !== Kind.FIELD || others.length > 0)
    return { message: "Bulk queries must contain exactly one top level field." };
  if (root.name.value === "node" || root.name.value === "nodes") {
    return { message: `Bulk queries cannot contain a top level \`${root.name.value}\` field.` };
  }
  if (operation.variableDefinitions !== undefined && operation.variableDefinitions.length > 0) {
    return { message: "Invalid bulk query: variables are not supported" };
  }
  const shape = readShape(operation.selectionSet, admin, fragments);
  const broken = findBrokenRule(shape);
  return broken === null ? { query: { document, operation, root, fragments } } : { message: broken };
}

type Shape = {
  connections: number;
  deepest: number;
  inList: boolean;
  viaNodes: Set<string>;
  withoutId: Set<string>;
};

function findBrokenRule(shape: Shape): string | null {
  if (shape.connections === 0) return "Bulk queries must contain at least one connection.";
  if (shape.viaNodes.size > 0) {
    const names = [...shape.viaNodes].map((name) => `'${name}'`).join(", ");
    return `All connection fields in a bulk query must select their contents using 'edges' > 'node', e.g: 'products { edges { node {'. Selecting via 'nodes' is not supported. Invalid connection fields: ${names}.`;
  }
  if (shape.connections > MAX_CONNECTIONS)
    return `Bulk queries cannot contain more than ${String(MAX_CONNECTIONS)} connections.`;
  if (shape.deepest > MAX_NESTED)
    return `Bulk queries cannot contain connections with a nesting depth greater than ${String(MAX_NESTED)}.`;
  if (shape.inList)
    return "Queries that contain a connection field within a list field are not currently supported.";
  if (shape.withoutId.size > 0) {
    return `The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' return type. Connection fields without 'id': ${[...shape.withoutId].join(", ")}.`;
  }
  return null;
}

type Place = { depth: number; inList: boolean; parent: { field: string; hasId: boolean } | null };

function readShape(
  selections: SelectionSetNode,
  admin: AdminSchema,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Shape {
  const shape: Shape = {
    connections: 0,
    deepest: 0,
    inList: false,
    viaNodes: new Set(),
    withoutId: new Set(),
  };
  const root = admin.schema.getQueryType();
  if (root !== null && root !== undefined) walk(selections, root, { depth: -1, inList: false, parent: null });
  return shape;

  function walk(set: SelectionSetNode, parent: GraphQLCompositeType, place: Place): void {
    for (const { node, field } of fieldsOf(set, parent)) {
      const type = getNamedType(field.type);
      if (node.selectionSet === undefined || !isCompositeType(type)) continue;
      if (connectionNodeType(field.type) === null) {
        const inList = place.inList || isListType(getNullableType(field.type));
        walk(node.selectionSet, type, { ...place, inList });
        continue;
      }
      shape.connections++;
      shape.deepest = Math.max(shape.deepest, place.depth + 1);
      if (place.inList) shape.inList = true;
      if (place.parent !== null && !place.parent.hasId) shape.withoutId.add(place.parent.field);
      walkConnection(node, field, node.selectionSet, type, place.depth + 1);
    }
  }

  function walkConnection(
    connection: FieldNode,
    field: AnyField,
    set: SelectionSetNode,
    type: GraphQLCompositeType,
    depth: number,
  ): void {
    let hasNode = false;
    for (const { node: edges } of fieldsOf(set, type).filter(({ node }) => node.name.value === "edges")) {
      const edgeType =
        "getFields" in type ? getNamedType((type.getFields().edges as AnyField).type) : undefined;
      if (edges.selectionSet === undefined || !isCompositeType(edgeType)) continue;
      for (const { node, field: nodeField } of fieldsOf(edges.selectionSet, edgeType).filter(
        ({ node }) => node.name.value === "node",
      )) {
        const nodeType = getNamedType(nodeField.type);
        if (node.selectionSet === undefined || !isCompositeType(nodeType)) continue;
        hasNode = true;
        const hasId = fieldsOf(node.selectionSet, nodeType).some(
          ({ node: inner }) => inner.name.value === "id" && inner.alias === undefined,
        );
        walk(node.selectionSet, nodeType, { depth, inList: false, parent: { field: field.name, hasId } });
      }
    }
    const viaNodes = fieldsOf(set, type).some(({ node }) => node.name.value === "nodes");
    if (viaNodes || !hasNode) shape.viaNodes.add(connection.name.value);
  }

  /** The fields of a selection set with those of its fragments. */
  function fieldsOf(
    set: SelectionSetNode,
    parent: GraphQLCompositeType,
  ): { node: FieldNode; field: AnyField }[] {
    return set.selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) {
        const field =
          "getFields" in parent
            ? (parent.getFields()[selection.name.value] as AnyField | undefined)
            : undefined;
        return field === undefined ? [] : [{ node: selection, field }];
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (fragment === undefined) return [];
      const condition =
        fragment.typeCondition === undefined
          ? parent
          : admin.schema.getType(fragment.typeCondition.name.value);
      return isCompositeType(condition) ? fieldsOf(fragment.selectionSet, condition) : [];
    });
  }
}

/**
 * The first field of the query that the granted scopes do not open, as `Type.field`; null = all open.
 * One such field makes the whole operation fail.
 */
export function findDeniedField(
  query: BulkQuery,
  admin: AdminSchema,
  granted: ReadonlySet<string>,
): string | null {
  const root = admin.schema.getQueryType();
  return root === null || root === undefined ? null : walk(query.operation.selectionSet, root);

  function walk(set: SelectionSetNode, parent: GraphQLCompositeType): string | null {
    for (const selection of set.selections) {
      const denied =
        selection.kind === Kind.FIELD
          ? walkField(selection, parent)
          : walkFragment(
              selection.kind === Kind.FRAGMENT_SPREAD ? query.fragments.get(selection.name.value) : selection,
              parent,
            );
      if (denied !== null) return denied;
    }
    return null;
  }

  function walkField(selection: FieldNode, parent: GraphQLCompositeType): string | null {
    const field =
      "getFields" in parent ? (parent.getFields()[selection.name.value] as AnyField | undefined) : undefined;
    if (field === undefined || !("getFields" in parent)) return null;
    // Interfaces carry rules of their own in Shopify's list, under the same key.
    if (findClosedRule(admin, parent as Parameters<typeof findClosedRule>[1], field, granted) !== null)
      return `${parent.name}.${field.name}`;
    const type = getNamedType(field.type);
    return selection.selectionSet !== undefined && isCompositeType(type)
      ? walk(selection.selectionSet, type)
      : null;
  }

  function walkFragment(
    fragment: { typeCondition?: { name: { value: string } }; selectionSet: SelectionSetNode } | undefined,
    parent: GraphQLCompositeType,
  ): string | null {
    if (fragment === undefined) return null;
    const type =
      fragment.typeCondition === undefined ? parent : admin.schema.getType(fragment.typeCondition.name.value);
    return isCompositeType(type) ? walk(fragment.selectionSet, type) : null;
  }
}
