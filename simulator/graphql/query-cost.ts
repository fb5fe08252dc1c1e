import {
  getArgumentValues,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isListType,
  isObjectType,
  getNullableType,
  Kind,
  OperationTypeNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { connectionNodeType, type AnyField } from "./connection-types.ts";

/** A single query may not cost more (Shopify's docs, "Rate limits"). */
export const MAX_QUERY_COST = 1000;

/** Above this many nodes a connection's cost hardly grows. */
const LINEAR_NODES = 10;

type CostRequest = {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  variables: Readonly<Record<string, unknown>>;
};

/**
 * The points of an operation. Shopify's docs: an object 1, a scalar 0, a mutation 10, a connection by
 * its `first`/`last`, of several possible types the dearest. How the size counts is not documented;
 * a live answer (product with 250 variants and their inventory items: 25 points, not 503) fits
 * "2 + size × node, size linear to 10 and flat beyond".
 *
 * @param data the answer, for the actual cost; without it the requested cost.
 */
export function queryCost(request: CostRequest, data?: unknown): number {
  const { schema, operation, fragments, variables } = request;
  const hasData = data !== undefined;
  const root =
    operation.operation === OperationTypeNode.MUTATION ? schema.getMutationType() : schema.getQueryType();
  return root === null || root === undefined ? 0 : selectionCost(operation.selectionSet, root, data);

  function selectionCost(selections: SelectionSetNode, parent: GraphQLCompositeType, value: unknown): number {
    let cost = 0;
    let dearestBranch = 0;
    for (const selection of selections.selections) {
      if (selection.kind === Kind.FIELD) {
        const field =
          "getFields" in parent
            ? (parent.getFields()[selection.name.value] as AnyField | undefined)
            : undefined;
        if (field === undefined) continue;
        const args = getArgumentValues(field, selection, variables);
        const isMutation = parent === schema.getMutationType();
        const answer = valueOf(value, selection.alias?.value ?? selection.name.value);
        // A mutation is 10 points, its payload included (a live bulkOperationRunQuery cost 10).
        cost += isMutation ? 10 : fieldCost(field, selection.selectionSet, args, answer);
        continue;
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments[selection.name.value] : selection;
      if (fragment === undefined) continue;
      const type =
        fragment.typeCondition === undefined ? parent : schema.getType(fragment.typeCondition.name.value);
      if (!isCompositeType(type)) continue;
      const branch = selectionCost(fragment.selectionSet, type, value);
      if (isAbstractType(parent) && isObjectType(type)) dearestBranch = Math.max(dearestBranch, branch);
      else cost += branch;
    }
    return cost + dearestBranch;
  }

  function fieldCost(
    field: AnyField,
    selections: SelectionSetNode | undefined,
    args: Record<string, unknown>,
    answer: unknown,
  ): number {
    const type = getNamedType(field.type);
    if (selections === undefined || !isCompositeType(type)) return 0;
    if (hasData && answer === null) return 0;
    if (connectionNodeType(field.type) !== null) return connectionCost(selections, type, args, answer);
    const own = type.name.startsWith("__") ? 0 : 1;
    if (hasData && isListType(getNullableType(field.type)) && Array.isArray(answer)) {
      return answer.length === 0
        ? own
        : own + Math.max(...answer.map((member: unknown) => selectionCost(selections, type, member)));
    }
    return own + selectionCost(selections, type, answer);
  }

  function connectionCost(
    selections: SelectionSetNode,
    type: GraphQLCompositeType,
    args: Record<string, unknown>,
    answer: unknown,
  ): number {
    const asked = Number(args.first ?? args.last ?? 0);
    if (!hasData) return 2 + sizeCost(asked) * Math.max(1, nodeCost(selections, type, undefined));
    const nodes = nodesOf(answer);
    if (nodes.length === 0) return 2;
    return (
      2 +
      sizeCost(nodes.length) * Math.max(...nodes.map((node) => Math.max(1, nodeCost(selections, type, node))))
    );
  }

  /** The cost of one node, whether it is asked for by `edges { node }` or by `nodes`. */
  function nodeCost(selections: SelectionSetNode, type: GraphQLCompositeType, node: unknown): number {
    const wrapped = node === undefined ? undefined : { edges: [{ node }], nodes: [node] };
    let cost = 0;
    for (const selection of selections.selections) {
      if (selection.kind !== Kind.FIELD) {
        const fragment =
          selection.kind === Kind.FRAGMENT_SPREAD ? fragments[selection.name.value] : selection;
        if (fragment !== undefined) cost += nodeCost(fragment.selectionSet, type, node);
        continue;
      }
      const field =
        "getFields" in type ? (type.getFields()[selection.name.value] as AnyField | undefined) : undefined;
      const inner = field === undefined ? undefined : getNamedType(field.type);
      if (selection.selectionSet === undefined || !isCompositeType(inner)) continue;
      if (field?.name === "edges") cost += selectionCost(selection.selectionSet, inner, wrapped?.edges[0]);
      if (field?.name === "nodes")
        cost += 1 + selectionCost(selection.selectionSet, inner, wrapped?.nodes[0]);
    }
    return cost;
  }
}

function sizeCost(size: number): number {
  return size <= LINEAR_NODES ? size : LINEAR_NODES + Math.ceil(Math.log(size / LINEAR_NODES) / Math.log(25));
}

function valueOf(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}

function nodesOf(connection: unknown): unknown[] {
  if (typeof connection !== "object" || connection === null) return [];
  if ("nodes" in connection && Array.isArray(connection.nodes)) return connection.nodes;
  if (!("edges" in connection) || !Array.isArray(connection.edges)) return [];
  return connection.edges.map((edge: unknown) => valueOf(edge, "node"));
}
