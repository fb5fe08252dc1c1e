/** Builds selections out of what the granted scopes allow. */
export type Fields = {
  /** Whether a scope is granted; a write scope brings its read scope along. */
  has(scope: string): boolean;
  /** `selection` if one of the scopes is granted; otherwise nothing, and `name` is reported as left out. */
  when(scopes: string | readonly string[], name: string, selection: string): string;
};

/** How a root connection is asked: `filter` is its search; `page` is empty in bulk, `first: 1` in the probe. */
export type RootArguments = { filter: string; page: string };

/** Fields over a list of granted scopes; `onDropped` hears of everything that was left out, in words. */
export function grantedBy(scopes: readonly string[], onDropped: (what: string) => void): Fields {
  const granted = new Set(scopes);
  const has = (scope: string) => granted.has(scope) || granted.has(scope.replace(/^read_/, "write_"));
  return {
    has,
    when(needed, name, selection) {
      const anyOf = typeof needed === "string" ? [needed] : needed;
      if (anyOf.some(has)) return selection;
      onDropped(`${name} (needs ${anyOf.join(" or ")})`);
      return "";
    },
  };
}

/** Money in the shop's and the customer's currency. */
export function money(field: string): string {
  return `${field} { shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }`;
}

/** Arguments of a nested connection: none in bulk, one record in the probe. */
export function page(argument: string): string {
  return argument === "" ? "" : `(${argument})`;
}

/** A location: its id may be read with read_inventory too, its name may not. */
export function location(fields: Fields, field: string): string {
  const name = fields.when("read_locations", `${field}.name`, "name");
  return fields.when(["read_locations", "read_inventory"], field, `${field} { id ${name} }`);
}
