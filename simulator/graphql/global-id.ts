import { GraphQLError } from "graphql";

/** The type a gid names. @throws GraphQLError for what is no gid. */
export function checkGid(id: string): string {
  const type = /^gid:\/\/shopify\/(\w+)\/[^/\s]+$/.exec(id)?.[1];
  if (type === undefined)
    throw new GraphQLError(`Invalid global id '${id}'`, { extensions: { code: "INVALID_FIELD_ARGUMENTS" } });
  return type;
}

/** @throws GraphQLError for a gid of another type. */
export function checkGidOf(id: string, typeName: string): string {
  if (checkGid(id) !== typeName)
    throw new GraphQLError("Invalid id: " + id, { extensions: { code: "RESOURCE_NOT_FOUND" } });
  return id;
}
