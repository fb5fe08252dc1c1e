import { expect, test } from "vitest";
import { readAppScopes } from "./app-scopes.ts";
import { createScopeGrants } from "./scope-grants.ts";

test("only what the app declares as optional is granted later, and each change is told once", () => {
  const told: unknown[] = [];
  const grants = createScopeGrants(["read_orders"], (...change) => told.push(change));
  expect(() => grants.grant(["write_orders"])).toThrow("not declared as optional: write_orders");
  grants.declare({ required: ["read_orders"], optional: ["write_orders", "write_inventory"] });
  expect(() => grants.grant(["write_orders", "write_products"])).toThrow("write_products");
  expect([...grants.granted]).toEqual(["read_orders"]);
  grants.grant(["write_orders"]);
  expect(grants.grant(["write_orders"])).toEqual({
    granted: ["read_orders", "write_orders"],
    required: ["read_orders"],
    optional: ["write_orders", "write_inventory"],
  });
  expect(told).toEqual([[["read_orders"], ["read_orders", "write_orders"]]]);
});

test("an app's scopes are those of its shopify.app.toml", () => {
  const { required, optional } = readAppScopes("shopify.app.toml");
  expect(required).toContain("read_orders");
  expect(optional).toContain("write_orders");
  expect(required.filter((scope) => scope.startsWith("write_"))).toEqual([]);
});
