import { describe, expect, test } from "vitest";
import { rejectionKey } from "./catalog-state.ts";
import type { CatalogContext } from "./catalog-state.ts";
import {
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

/** Five products that the Shopify product 5 could be, each by another sign. */
const signs = {
  product: {
    products: [anErpProduct("by-product", "P", { shopifyProductId: "4", shopifyProductIds: ["4", "5"] })],
    variations: [anErpVariation("v-product", "by-product", "Default", { shopifySourceProductId: "4" })],
    skus: [anErpSku("s-product", "by-product", "v-product", { shopifyVariantId: "41" })],
  },
  variant: {
    products: [anErpProduct("by-variant", "V")],
    variations: [anErpVariation("v-variant", "by-variant", "Default")],
    skus: [anErpSku("s-variant", "by-variant", "v-variant", { shopifyVariantId: "51" })],
  },
  mapping: {
    products: [anErpProduct("by-mapping", "M")],
    variations: [anErpVariation("v-mapping", "by-mapping", "Default")],
    skus: [anErpSku("s-mapping", "by-mapping", "v-mapping")],
  },
  sku: {
    products: [anErpProduct("by-sku", "S")],
    variations: [anErpVariation("v-sku", "by-sku", "Default")],
    skus: [anErpSku("s-sku", "by-sku", "v-sku", { skuCode: "TEXT-3" })],
  },
  name: {
    products: [anErpProduct("by-name", "Kurta")],
    variations: [anErpVariation("v-name", "by-name", "Default")],
    skus: [anErpSku("s-name", "by-name", "v-name", { size: "M" })],
  },
} satisfies Record<string, Catalog>;

const kurta = aProduct("5", "Kurta", [
  aVariant("51", { Size: "S" }, null),
  aVariant("52", { Size: "M" }, null),
  aVariant("53", { Size: "L" }, "TEXT-3"),
]);

function join(...parts: Catalog[]): Catalog {
  return {
    products: parts.flatMap((part) => part.products),
    variations: parts.flatMap((part) => part.variations),
    skus: parts.flatMap((part) => part.skus),
  };
}

/** The ERP product that the Shopify product 5 is linked to afterwards. */
function matched(catalog: Catalog, extra: Partial<CatalogContext> = {}): string | undefined {
  const planned = plan(catalog, [kurta], { mappings: new Map([["52", "s-mapping"]]), ...extra });
  return after(catalog, planned).products.find((product) => product.shopifyProductIds.includes("5"))?.id;
}

describe("the order of the signs", () => {
  const { product, variant, mapping, sku, name } = signs;
  test.each([
    ["shopifyProductIds goes before all", [name, sku, mapping, variant, product], "by-product"],
    ["then a variant's id", [name, sku, mapping, variant], "by-variant"],
    ["then a person's mapping", [name, sku, mapping], "by-mapping"],
    ["then a SKU text", [name, sku], "by-sku"],
    ["then name and attributes, when nothing speaks against them", [name], "by-name"],
  ] as const)("%s", (_what, parts, expected) => {
    expect(matched(join(...parts))).toBe(expected);
  });

  test("else it is created", () => {
    expect(matched(EMPTY)).toMatch(/^new-/);
  });

  test("most variants decide, of equals the older product", () => {
    const two = join(signs.variant, {
      products: [anErpProduct("other", "O")],
      variations: [anErpVariation("v-other", "other", "Default")],
      skus: ["52", "53"].map((id) => anErpSku(`s-${id}`, "other", "v-other", { shopifyVariantId: id })),
    });
    expect(matched(two)).toBe("other");
  });
});

describe("a SKU text, to match, is unique on both sides and not blank", () => {
  const second = { ...signs.sku, products: [], variations: [] };
  test.each([
    ["unique on both sides", signs.sku, {}, true],
    [
      "twice in the ERP",
      join(signs.sku, { ...second, skus: [anErpSku("s-2", "by-sku", "v-sku", { skuCode: "TEXT-3" })] }),
      {},
      false,
    ],
    [
      "twice in the ERP, one of them archived",
      join(signs.sku, {
        ...second,
        skus: [anErpSku("s-2", "by-sku", "v-sku", { skuCode: "TEXT-3", archivedAt: NOW })],
      }),
      {},
      false,
    ],
    ["twice in Shopify", signs.sku, { sharedSkuCodes: new Set(["TEXT-3"]) }, false],
    [
      "in other letters",
      { ...signs.sku, skus: [anErpSku("s-sku", "by-sku", "v-sku", { skuCode: "text-3" })] },
      {},
      false,
    ],
    [
      "already another variant's",
      {
        ...signs.sku,
        skus: [anErpSku("s-sku", "by-sku", "v-sku", { skuCode: "TEXT-3", shopifyVariantId: "99" })],
      },
      {},
      false,
    ],
    [
      "also an order's placeholder's, which does not count",
      join(signs.sku, {
        products: [anErpProduct("gone", "Gone", { archivedAt: NOW })],
        variations: [anErpVariation("v-gone", "gone", "Default")],
        skus: [
          anErpSku("s-gone", "gone", "v-gone", {
            skuCode: "TEXT-3",
            shopifyVariantId: "98",
            isPlaceholder: true,
            archivedAt: NOW,
          }),
        ],
      }),
      {},
      true,
    ],
  ] as const)("%s", (_what, catalog, extra, matches) => {
    expect(matched(catalog as Catalog, extra) === "by-sku").toBe(matches);
  });

  test("two blank texts are not the same text", () => {
    const blank = {
      ...signs.sku,
      skus: [anErpSku("s-sku", "by-sku", "v-sku", { skuCode: null, size: "XXL" })],
    };
    expect(matched(blank)).toMatch(/^new-/);
  });
});

describe("a person's no", () => {
  test.each([
    ["a name", signs.name, "by-name"],
    ["a SKU text", signs.sku, "by-sku"],
  ] as const)("keeps %s from matching and from being proposed again", (_what, catalog, productId) => {
    const rejections = new Set([rejectionKey("5", productId)]);
    expect(matched(catalog)).toBe(productId);
    expect(matched(catalog, { rejections })).toMatch(/^new-/);
    expect(plan(catalog, [kurta], { rejections }).proposals).toEqual([]);
  });

  test("leaves what is certain: a variant's id, a mapping", () => {
    expect(matched(signs.variant, { rejections: new Set([rejectionKey("5", "by-variant")]) })).toBe(
      "by-variant",
    );
    expect(matched(signs.mapping, { rejections: new Set([rejectionKey("5", "by-mapping")]) })).toBe(
      "by-mapping",
    );
  });
});

describe("several Shopify products, one ERP product", () => {
  test("each variation remembers its Shopify product, and one that leaves archives only its own", () => {
    const white = aProduct("1", "Kurta", [aVariant("11", { Color: "White" }, "K-W")]);
    const blue = aProduct("2", "Kurta blue", [aVariant("21", { Color: "Blue" }, "K-B")]);
    const first = after(EMPTY, plan(EMPTY, [white]));
    const home = first.skus[0]?.id ?? "";
    // A second variant of the blue one is mapped to the white SKU: a person said that they belong together.
    const both = after(
      first,
      plan(
        first,
        [
          {
            ...blue,
            variants: [...blue.variants, aVariant("22", { Color: "White" }, null)],
            variantIds: null,
          },
        ],
        { mappings: new Map([["22", home]]) },
      ),
    );
    expect(both.products.map((product) => product.shopifyProductIds)).toEqual([["1", "2"]]);
    expect(both.variations.map((row) => [row.name, row.shopifySourceProductId])).toEqual([
      ["White", "1"],
      ["Blue", "2"],
    ]);
    const left = after(both, plan(both, [{ ...blue, deleted: true }], { mappings: new Map([["22", home]]) }));
    expect(left.products).toMatchObject([{ archivedAt: null, shopifyProductIds: ["1", "2"] }]);
    expect(left.skus.map((sku) => [sku.shopifyVariantId, sku.archivedAt])).toEqual([
      ["11", null],
      ["21", NOW],
    ]);
  });

  test("a variant mapped to another's SKU gets none of its own, however often it is told", () => {
    const first = after(EMPTY, plan(EMPTY, [aProduct("1", "Kurta", [aVariant("11", {}, "K")])]));
    const mappings = new Map(["21", "31"].map((id) => [id, first.skus[0]?.id ?? ""]));
    const others = [
      aProduct("2", "Kurta 2", [aVariant("21", {}, "K-2")]),
      aProduct("3", "Kurta 3", [aVariant("31", {}, "K-3")]),
    ];
    const both = after(first, plan(first, others, { mappings }));
    expect(both.skus.map((sku) => sku.shopifyVariantId)).toEqual(["11"]);
    expect(both.products).toMatchObject([{ shopifyProductIds: ["1", "2", "3"] }]);
    expect(plan(both, others, { mappings }).changes).toEqual([]);
  });
});

describe("an order's placeholder", () => {
  const placeholder = (id: string, productId: string, variationId: string) =>
    anErpSku(`s-${id}`, productId, variationId, {
      shopifyVariantId: id,
      isPlaceholder: true,
      archivedAt: NOW,
    });
  const held: Catalog = {
    products: [
      anErpProduct("p0", "Kurta", { shopifyProductId: "5", shopifyProductIds: ["5"], archivedAt: NOW }),
    ],
    variations: [anErpVariation("v0", "p0", "Default", { shopifySourceProductId: "5", archivedAt: NOW })],
    skus: [placeholder("51", "p0", "v0"), placeholder("59", "p0", "v0")],
  };

  test("becomes the real SKU in place, and what Shopify never tells stays archived", () => {
    const end = after(held, plan(held, [kurta]));
    expect(end.products).toMatchObject([{ id: "p0", archivedAt: null, shopifyProductIds: ["5"] }]);
    expect(
      end.skus.map((sku) => [sku.shopifyVariantId, sku.isPlaceholder, sku.archivedAt, sku.size]),
    ).toEqual([
      ["51", false, null, "S"],
      ["59", true, NOW, null],
      ["52", false, null, "M"],
      ["53", false, null, "L"],
    ]);
    expect(plan(end, [kurta]).changes).toEqual([]);
  });

  test.each([
    ["a SKU text", signs.sku, "by-sku", {}],
    ["name and attributes", signs.name, "by-name", {}],
    ["a mapping", signs.mapping, "by-mapping", { mappings: new Map([["52", "s-mapping"]]) }],
  ] as const)("does not keep %s from matching: its SKUs follow", (_what, catalog, productId, extra) => {
    const both = join(held, catalog);
    const planned = plan(both, [kurta], extra);
    const end = after(both, planned);
    expect(end.products.find((row) => row.id === productId)).toMatchObject({ shopifyProductIds: ["5"] });
    expect(end.products.find((row) => row.id === "p0")).toMatchObject({
      shopifyProductId: null,
      shopifyProductIds: [],
      archivedAt: NOW,
    });
    expect(end.skus.filter((row) => ["s-51", "s-59"].includes(row.id)).map((row) => row.productId)).toEqual([
      productId,
      productId,
    ]);
    // The link leaves one row before it comes to the other: it is unique in the database.
    const links = planned.products.map((row) => row.shopifyProductId);
    expect(links.indexOf(null)).toBeLessThan(links.indexOf("5"));
    expect(plan(end, [kurta], extra).changes).toEqual([]);
  });

  test("S20: does not keep a look-alike from being proposed", () => {
    const sold = {
      ...signs.name,
      products: [anErpProduct("by-name", "Kurta", { shopifyProductId: "1", shopifyProductIds: ["1"] })],
    };
    const { proposals, products } = plan(join(held, sold), [kurta]);
    expect(proposals).toMatchObject([{ shopifyProductId: "5", productId: "by-name" }]);
    expect(products).toMatchObject([{ id: "p0", archivedAt: null }]);
  });
});
