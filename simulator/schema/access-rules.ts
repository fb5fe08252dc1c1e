/** One line of Shopify's own list: what a type, or one field of it, asks for. */
export type AccessItem = {
  type: "type" | "field";
  typeName: string;
  fieldName?: string;
  /** Shopify's sentence, as its error text repeats it. Empty = nothing asked. */
  requiredAccess: string;
  offlineScopes: string[];
};

/** Any one of `scopes` opens it; `sentence` is how Shopify's error names them. */
export type AccessRule = { scopes: readonly string[]; sentence: string };

export type AccessRules = {
  /** What reading field `fieldName` of `typeName`, whose value is of type `returnTypeName`, asks for. */
  forField(typeName: string, fieldName: string, returnTypeName: string): readonly AccessRule[];
};

/**
 * Looks up what a field asks for: its own rule and that of the type it returns. Fields of
 * connections and edges ask for nothing themselves: the connection field already did.
 */
export function indexAccessRules(items: readonly AccessItem[]): AccessRules {
  const types = new Map<string, AccessRule>();
  const fields = new Map<string, AccessRule>();
  for (const item of items) {
    const rule = readRule(item);
    if (rule === null) continue;
    if (item.type === "type") types.set(item.typeName, rule);
    else fields.set(`${item.typeName}.${item.fieldName ?? ""}`, rule);
  }
  const known = new Map<string, readonly AccessRule[]>();
  return {
    forField(typeName, fieldName, returnTypeName) {
      const key = `${typeName}.${fieldName}:${returnTypeName}`;
      let rules = known.get(key);
      if (rules === undefined) {
        const nodeType = returnTypeName.replace(/(Connection|Edge)$/, "");
        rules = [fields.get(`${typeName}.${fieldName}`), types.get(nodeType)].filter(
          (rule) => rule !== undefined,
        );
        known.set(key, rules);
      }
      return rules;
    },
  };
}

/**
 * Shopify lists the scopes of "`read_x` for queries and both `read_x` as well as `write_x` for
 * mutations" without saying so in the list: for reading, the first named is enough.
 */
function readRule(item: AccessItem): AccessRule | null {
  if (item.offlineScopes.length === 0) return null;
  const scopes = item.requiredAccess.includes("for queries and both")
    ? item.offlineScopes.slice(0, 1)
    : item.offlineScopes;
  return { scopes, sentence: item.requiredAccess };
}

/** Whether `granted` opens `rule`; `write_x` includes `read_x`, as at Shopify. */
export function isGranted(rule: AccessRule, granted: ReadonlySet<string>): boolean {
  return rule.scopes.some(
    (scope) =>
      granted.has(scope) ||
      (scope.startsWith("read_") && granted.has(`write_${scope.slice("read_".length)}`)),
  );
}
