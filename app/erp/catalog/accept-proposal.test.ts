import { expect, test } from "vitest";
import { acceptProposal } from "./accept-proposal.ts";
import { CatalogState } from "./catalog-state.ts";
import { collectCatalogChanges } from "./collect-catalog-changes.ts";
import {
  aContext,
  after,
  anErpProduct,
  anErpSku,
  anErpVariation,
  aProduct,
  aVariant,
  EMPTY,
  NOW,
  plan,
} from "./test-builders.ts";
import type { Catalog } from "./test-builders.ts";

function accept(catalog: Catalog, shopifyProductId: string, productId: string) {
  const state = new CatalogState(aContext(catalog));
  const handedOver = acceptProposal(state, { shopifyProductId, productId, now: NOW });
  const changes = collectCatalogChanges(state);
  return { handedOver, changes, end: after(catalog, changes) };
}

const shirt = aProduct("1", "Shirt", [aVariant("11", { Color: "White", Size: "S" }, "A-S")]);
const relaunch = aProduct("2", "Shirt", [aVariant("21", { Color: "White", Size: "S" }, "A-S")]);

test("S20: a relaunch that a person accepts joins the product with all its SKUs, and is never proposed again", () => {
  const sold = after(EMPTY, plan(EMPTY, [shirt, relaunch]));
  const [first, second] = sold.products.map((product) => product.id);
  const { end, handedOver } = accept(sold, "2", first ?? "");
  expect(handedOver).toEqual([]);
  expect(end.products).toMatchObject([
    { id: first, shopifyProductId: "1", shopifyProductIds: ["1", "2"], archivedAt: null },
    { id: second, shopifyProductId: null, shopifyProductIds: [], archivedAt: NOW },
  ]);
  expect(end.variations.map((row) => [row.productId, row.shopifySourceProductId])).toEqual([
    [first, "1"],
    [first, "2"],
  ]);
  expect(end.skus.map((sku) => [sku.productId, sku.shopifyVariantId])).toEqual([
    [first, "11"],
    [first, "21"],
  ]);
  const again = plan(end, [shirt, relaunch]);
  expect([again.changes, again.proposals]).toEqual([[], []]);
});

test("what the ERP had already takes the variants over; SKU text goes before options", () => {
  const erp: Catalog = {
    products: [anErpProduct("p1", "Shirt"), anErpProduct("p2", "Shirt")],
    variations: [anErpVariation("v1", "p1", "White")],
    skus: [
      anErpSku("s1", "p1", "v1", { size: "S" }),
      anErpSku("s2", "p1", "v1", { size: "XS", skuCode: "A-M" }),
    ],
  };
  const shopify = aProduct("1", "Shirt", [
    aVariant("11", { Color: "White", Size: "S" }, "A-S"),
    aVariant("12", { Color: "White", Size: "M" }, "A-M", { inventoryItemId: "120" }),
    aVariant("13", { Color: "White", Size: "L" }, "A-L"),
  ]);
  const placed = after(erp, plan(erp, [shopify], { sharedSkuCodes: new Set(["A-M"]) }));
  const made = (variantId: string) => placed.skus.find((sku) => sku.shopifyVariantId === variantId)?.id;
  const { end, handedOver, changes } = accept(placed, "1", "p1");
  expect(handedOver).toEqual([
    { shopifyVariantId: "11", from: made("11"), to: "s1" },
    { shopifyVariantId: "12", from: made("12"), to: "s2" },
  ]);
  const rows = new Map(end.skus.map((sku) => [sku.id, sku]));
  expect(rows.get("s1")).toMatchObject({ shopifyVariantId: "11", skuCode: "A-S", variationId: "v1" });
  expect(rows.get("s2")).toMatchObject({ shopifyVariantId: "12", shopifyInventoryItemId: "120" });
  expect(rows.get(made("13") ?? "")).toMatchObject({ productId: "p1", variationId: "v1", archivedAt: null });
  expect(rows.get(made("11") ?? "")).toMatchObject({ shopifyVariantId: null, archivedAt: NOW });
  // The variant leaves one row before it comes to the other: it is unique in the database.
  const variants = changes.skus.map((sku) => sku.shopifyVariantId);
  expect(variants.lastIndexOf(null)).toBeLessThan(variants.indexOf("11"));

  const again = plan(end, [shopify]);
  const last = after(end, again);
  expect(again.proposals).toEqual([]);
  expect(last.skus.filter((sku) => sku.archivedAt === null).map((sku) => [sku.id, sku.size])).toEqual([
    ["s1", "S"],
    ["s2", "M"],
    [made("13"), "L"],
  ]);
  expect(last.variations.filter((row) => row.archivedAt === null).map((row) => row.id)).toEqual(["v1"]);
  expect(plan(last, [shopify]).changes).toEqual([]);
});

test("a Shopify product that is none of the ERP's yet is only linked", () => {
  const erp: Catalog = { ...EMPTY, products: [anErpProduct("p1", "Shirt", { archivedAt: NOW })] };
  const { end } = accept(erp, "1", "p1");
  expect(end.products).toMatchObject([{ shopifyProductId: "1", shopifyProductIds: ["1"] }]);
  const placed = after(end, plan(end, [shirt]));
  expect(placed.products).toMatchObject([{ id: "p1", archivedAt: null }]);
});
