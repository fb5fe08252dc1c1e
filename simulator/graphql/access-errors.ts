import { getNamedType, GraphQLError, type GraphQLObjectType } from "graphql";
import { isGranted, type AccessRule } from "#simulator/schema/access-rules.ts";
import type { AdminSchema } from "#simulator/schema/load-schema.ts";
import type { AnyField } from "./connection-types.ts";

/** The first rule of a field (its own, or its type's) that the granted scopes do not open; null = readable. */
export function findClosedRule(
  admin: AdminSchema,
  parent: GraphQLObjectType,
  field: AnyField,
  granted: ReadonlySet<string>,
): AccessRule | null {
  const rules = admin.access.forField(parent.name, field.name, getNamedType(field.type).name);
  return rules.find((rule) => !isGranted(rule, granted)) ?? null;
}

/** Shopify's ACCESS_DENIED, word for word. */
export function accessDenied(fieldName: string, rule: AccessRule): GraphQLError {
  return new GraphQLError(`Access denied for ${fieldName} field. Required access: ${rule.sentence}`, {
    extensions: {
      code: "ACCESS_DENIED",
      documentation: "https://shopify.dev/api/usage/access-scopes",
      requiredAccess: rule.sentence,
    },
  });
}
