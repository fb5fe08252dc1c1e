import type { GraphQLField } from "graphql";

/** A filter Shopify lists for one root field. */
export type SearchField = {
  /** Shopify's own type of the filter: string, id, time, boolean, integer, float, bigdecimal, mixed… */
  type: string;
  /** "The date and time, matching a whole day": compared by calendar day. */
  wholeDay: boolean;
};

const ROW =
  /\|\s*([a-z][a-z0-9_]*)\s*\|\s*(string|id|time|boolean|integer|float|bigdecimal|mixed)\s*\|([^|]*)/g;
const known = new WeakMap<GraphQLField<unknown, unknown>, ReadonlyMap<string, SearchField>>();

/**
 * The filters a root field accepts, read from the table Shopify writes into the description of its
 * `query` argument, so that the list is Shopify's and not ours.
 */
export function searchFieldsOf(field: GraphQLField<unknown, unknown>): ReadonlyMap<string, SearchField> {
  let fields = known.get(field);
  if (fields === undefined) {
    fields = readTable(field.args.find((argument) => argument.name === "query")?.description ?? "");
    known.set(field, fields);
  }
  return fields;
}

function readTable(description: string): ReadonlyMap<string, SearchField> {
  const fields = new Map<string, SearchField>();
  // Cells are hard-wrapped: a name may stand on another line than its type.
  for (const row of description.replaceAll(/\s+/g, " ").matchAll(ROW)) {
    const [, name = "", type = "", text = ""] = row;
    if (name !== "default") fields.set(name, { type, wholeDay: text.includes("matching a whole day") });
  }
  return fields;
}
