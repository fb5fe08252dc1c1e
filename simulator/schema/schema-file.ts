/** Where the Admin schema comes from and what it must be, byte for byte. */
export const SCHEMA_SOURCE = {
  /** The Admin API version the simulator speaks. */
  version: "2026-10",
  /** npm package (ISC) that carries Shopify's introspection result and the scopes of each type and field. */
  npmPackage: "@shopify/dev-mcp@1.16.0",
  pathInPackage: "package/dist/data/admin_2026-10.json.gz",
  file: new URL("./admin_2026-10.json.gz", import.meta.url),
  sha256: "f3b522f264556925eada700e795e4a002a9cba83444ebcc6c0d724254a0c6593",
} as const;
