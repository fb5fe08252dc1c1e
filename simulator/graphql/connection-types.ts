import {
  getNamedType,
  isObjectType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
} from "graphql";

/** Any field of the schema, whatever its source and context. */
export type AnyField = GraphQLField<unknown, unknown>;

/** The type of a connection's nodes, or null when `type` is no connection. */
export function connectionNodeType(type: GraphQLOutputType): GraphQLNamedType | null {
  const named = getNamedType(type);
  if (!isObjectType(named) || !named.name.endsWith("Connection")) return null;
  const edge = named.getFields().edges;
  const edgeType = edge === undefined ? undefined : getNamedType(edge.type);
  const node = isObjectType(edgeType) ? edgeType.getFields().node : undefined;
  return node === undefined ? null : getNamedType(node.type);
}
