import type { AppScopes } from "./app-scopes.ts";

/** As `shopify.scopes.query()` answers. */
export type ScopesDetail = { granted: string[]; required: string[]; optional: string[] };

/** What a shop has granted to the app, and what the app may still ask for. */
export type ScopeGrants = {
  readonly granted: ReadonlySet<string>;
  /** What the app declares, as its deployment tells Shopify. */
  declare(scopes: AppScopes): void;
  detail(): ScopesDetail;
  /** The merchant agrees. @throws Error for a scope that the app has not declared as optional */
  grant(scopes: readonly string[]): ScopesDetail;
};

/** @param onChange is told what was granted before and is now. */
export function createScopeGrants(
  initial: readonly string[],
  onChange: (previous: string[], current: string[]) => void,
): ScopeGrants {
  const granted = new Set(initial);
  let declared: AppScopes = { required: [], optional: [] };
  const list = (): string[] => [...granted].sort();
  const detail = (): ScopesDetail => ({
    granted: list(),
    required: [...declared.required],
    optional: [...declared.optional],
  });
  return {
    granted,
    declare(scopes) {
      declared = scopes;
    },
    detail,
    grant(scopes) {
      const unknown = scopes.filter((scope) => !declared.optional.includes(scope));
      if (unknown.length > 0)
        throw new Error(`These scopes are not declared as optional: ${unknown.join(", ")}`);
      const previous = list();
      for (const scope of scopes) granted.add(scope);
      if (granted.size > previous.length) onChange(previous, list());
      return detail();
    },
  };
}
