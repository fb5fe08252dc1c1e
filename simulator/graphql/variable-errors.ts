import type { GraphQLError } from "graphql";
import type { ShopifyError } from "./shopify-validation-errors.ts";

const INVALID =
  /^Variable "\$(\w+)" (?:of (?:required|non-null) type "([^"]+)" (?:was not provided|must not be null)|got invalid value (.+?)(?: at "([^"]+)")?; (.+))/s;

/**
 * Shopify's INVALID_VARIABLE for the errors of graphql-js' variable coercion.
 * @param types the declared types by variable name, as written in the document.
 */
export function toVariableErrors(
  errors: readonly GraphQLError[],
  types: ReadonlyMap<string, string>,
  values: Readonly<Record<string, unknown>>,
): ShopifyError[] {
  return errors.map((error) => {
    const [, name = "", , , at = name, reason = "Expected value to not be null"] =
      INVALID.exec(error.message) ?? [];
    const path = at
      .split(/[.[\]]+/)
      .filter((part) => part !== "")
      .slice(1)
      .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    // graphql-js names the input object, Shopify the field of it that is wrong.
    const inner = /^Field "(\w+)" (?:is not defined by type|of required type)/.exec(reason)?.[1];
    if (inner !== undefined) path.push(inner);
    const explanation = explain(reason);
    const where = path.length === 0 ? "" : ` for ${path.join(".")} (${explanation})`;
    return {
      message: `Variable $${name} of type ${types.get(name) ?? ""} was provided invalid value${where}`,
      locations: error.locations,
      extensions: {
        code: "INVALID_VARIABLE",
        value: values[name] ?? null,
        problems: [{ path, explanation }],
      },
    };
  });
}

/** graphql-js' reason in Shopify's words. */
function explain(reason: string): string {
  const unknown = /^Field "(\w+)" is not defined by type "(\w+)"/.exec(reason);
  if (unknown !== null) return `Field is not defined on ${unknown[2] ?? ""}`;
  if (/of required type|not to be null|must not be null/.test(reason)) return "Expected value to not be null";
  const enumValue = /^Value "([^"]*)" does not exist in "(\w+)" enum/.exec(reason);
  if (enumValue !== null)
    return `Expected "${enumValue[1] ?? ""}" to be one of the values of ${enumValue[2] ?? ""}`;
  const scalar = /^(\w+) cannot represent .*?: (.+)$/s.exec(reason);
  if (scalar !== null) return `Could not coerce value ${scalar[2] ?? ""} to ${scalar[1] ?? ""}`;
  return reason;
}
