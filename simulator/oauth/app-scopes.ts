import { readFileSync } from "node:fs";
import { parse } from "smol-toml";

/** What an app declares that it needs, and what it may ask for later. */
export type AppScopes = { required: readonly string[]; optional: readonly string[] };

/** The scopes of an app's shopify.app.toml, as `shopify app deploy` tells Shopify. */
export function readAppScopes(file: string | URL): AppScopes {
  const { access_scopes: declared } = parse(readFileSync(file, "utf8")) as {
    access_scopes?: { scopes?: string; optional_scopes?: string[] };
  };
  return {
    required: (declared?.scopes ?? "").split(",").filter(Boolean),
    optional: declared?.optional_scopes ?? [],
  };
}
