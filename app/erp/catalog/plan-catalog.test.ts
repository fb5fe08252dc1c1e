import { describe, expect, test } from "vitest";
import type { DecodedVariant } from "#app/shopify/codecs/decode-product.ts";
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

const shirt = aProduct("1", "Classic Cotton Shirt", [
  aVariant("11", { Color: "White", Size: "S" }, "CSH-WHT-S"),
  aVariant("12", { Color: "White", Size: "M" }, "CSH-WHT-M"),
  aVariant("13", { Color: "Blue", Size: "S" }, "CSH-BLU-S"),
]);

describe("a new product", () => {
  test("becomes variations by colour and SKUs by size", () => {
    const { products, variations, skus, outcomes } = plan(EMPTY, [shirt]);
    expect(products).toMatchObject([
      { name: "Classic Cotton Shirt", shopifyProductId: "1", shopifyProductIds: ["1"] },
    ]);
    expect(
      variations.map(({ name, axis, shopifySourceProductId }) => [name, axis, shopifySourceProductId]),
    ).toEqual([
      ["White", "Color", "1"],
      ["Blue", "Color", "1"],
    ]);
    const names = new Map(variations.map((variation) => [variation.id, variation.name]));
    expect(
      skus.map((sku) => [names.get(sku.variationId), sku.size, sku.skuCode, sku.shopifyVariantId]),
    ).toEqual([
      ["White", "S", "CSH-WHT-S", "11"],
      ["White", "M", "CSH-WHT-M", "12"],
      ["Blue", "S", "CSH-BLU-S", "13"],
    ]);
    expect(outcomes.get("1")).toBe("created");
  });

  test("without options is one variation and one SKU", () => {
    const { variations, skus } = plan(EMPTY, [
      aProduct("2", "Mug", [aVariant("21", { Title: "Default Title" }, "MUG")]),
    ]);
    expect(variations).toMatchObject([{ name: "Default", axis: null }]);
    expect(skus).toMatchObject([{ title: "Mug", size: null, options: [], skuCode: "MUG" }]);
  });

  test("with sizes only is a single variation", () => {
    const { variations, skus } = plan(EMPTY, [
      aProduct("3", "Socks", [aVariant("31", { Size: "S" }, "a"), aVariant("32", { Size: "M" }, "b")]),
    ]);
    expect(variations).toHaveLength(1);
    expect(skus.map((sku) => sku.size)).toEqual(["S", "M"]);
  });

  test("with blank and duplicate SKU texts keeps every variant apart", () => {
    const variants = [
      aVariant("41", { Size: "S" }, " "),
      aVariant("42", { Size: "M" }, null),
      aVariant("43", { Size: "L" }, "X"),
      aVariant("44", { Size: "XL" }, "X"),
    ];
    const { skus } = plan(EMPTY, [aProduct("4", "Cap", variants)]);
    expect(skus.map((sku) => sku.skuCode)).toEqual([null, null, "X", "X"]);
  });
});

describe("the same product again", () => {
  const known = after(EMPTY, plan(EMPTY, [shirt]));

  test("in the same state changes nothing", () => {
    expect(plan(known, [shirt])).toMatchObject({
      products: [],
      variations: [],
      skus: [],
      changes: [],
      skusAppeared: false,
    });
    expect(plan(known, [shirt]).outcomes.get("1")).toBe("unchanged");
  });

  test("with another price writes one SKU and no order is woken", () => {
    const dearer = {
      ...shirt,
      variants: shirt.variants.map((v) => (v.id === "12" ? { ...v, price: "120" } : v)),
    };
    const planned = plan(known, [dearer]);
    expect(planned.skus.map((sku) => [sku.shopifyVariantId, sku.price])).toEqual([["12", "120"]]);
    expect(planned.changes).toMatchObject([{ change: "updated", parts: ["skus"] }]);
    expect(planned.skusAppeared).toBe(false);
  });

  test("with a colour renamed keeps the variation and its SKUs", () => {
    const renamed = {
      ...shirt,
      variants: shirt.variants.map((v) => ({
        ...v,
        selectedOptions: v.selectedOptions?.map((o) =>
          o.value === "White" ? { ...o, value: "Off White" } : o,
        ),
      })),
    };
    const planned = plan(known, [renamed]);
    const white = known.variations.find((variation) => variation.name === "White");
    expect(planned.variations).toMatchObject([{ id: white?.id, name: "Off White", archivedAt: null }]);
    expect(new Set(planned.skus.map((sku) => sku.variationId))).toEqual(new Set([white?.id]));
  });

  test("without a variant of its complete list archives that SKU, and a colour left empty", () => {
    const left = { ...shirt, variants: shirt.variants.slice(0, 2), variantIds: ["11", "12"] };
    const planned = plan(known, [left]);
    expect(planned.skus).toMatchObject([{ shopifyVariantId: "13", archivedAt: NOW }]);
    expect(planned.variations).toMatchObject([{ name: "Blue", archivedAt: NOW }]);
    expect(plan(after(known, planned), [left])).toMatchObject({ skus: [], variations: [] });
    expect(plan(after(known, planned), [shirt]).skus).toMatchObject([
      { shopifyVariantId: "13", archivedAt: null },
    ]);
  });

  test("with an incomplete list archives nothing", () => {
    const partial = {
      ...shirt,
      variants: shirt.variants.slice(0, 2),
      variantIds: null,
      variantsComplete: false,
    };
    expect(plan(known, [partial])).toMatchObject({ skus: [], variations: [], products: [] });
  });

  test.each([
    ["archived in Shopify", { status: "ARCHIVED" }],
    ["deleted in Shopify", { deleted: true }],
  ] as const)("%s is archived whole, and stays as it is the next time", (_what, patch) => {
    const planned = plan(known, [{ ...shirt, ...patch }]);
    expect(planned.products).toMatchObject([{ archivedAt: NOW }]);
    expect(planned.skus.map((sku) => sku.archivedAt)).toEqual([NOW, NOW, NOW]);
    expect(planned.changes).toMatchObject([{ change: "archived" }]);
    expect(plan(after(known, planned), [{ ...shirt, ...patch }]).changes).toEqual([]);
  });

  test("deleted, told by nothing but its id, keeps its name", () => {
    const bare = aProduct("1", "", [], { title: null, deleted: true, variantIds: null });
    const { products } = plan(known, [bare]);
    expect(products).toMatchObject([{ name: "Classic Cotton Shirt", archivedAt: NOW }]);
  });
});

test("a deleted product that was never known leaves no trace", () => {
  const bare = aProduct("9", "", [], { title: null, deleted: true, variantIds: null });
  expect(plan(EMPTY, [bare])).toMatchObject({ products: [], changes: [] });
});

describe("matching, first of all by what is certain", () => {
  const catalog: Catalog = {
    products: [anErpProduct("p1", "House shirt")],
    variations: [anErpVariation("v1", "p1", "Default")],
    skus: [anErpSku("s1", "p1", "v1", { skuCode: "HS-1" })],
  };

  test("a variant that a SKU has names the product", () => {
    const linked = { ...catalog, skus: [anErpSku("s1", "p1", "v1", { shopifyVariantId: "51" })] };
    const { products, skus } = plan(linked, [aProduct("5", "Anything", [aVariant("51", {}, null)])]);
    expect(products).toMatchObject([{ id: "p1", shopifyProductId: "5", shopifyProductIds: ["5"] }]);
    expect(skus).toMatchObject([{ id: "s1" }]);
  });

  test("a person's mapping names the product, and the variant gets no SKU of its own", () => {
    const { products, skus } = plan(catalog, [aProduct("5", "Anything", [aVariant("51", {}, "OTHER")])], {
      mappings: new Map([["51", "s1"]]),
    });
    expect(products).toMatchObject([{ id: "p1", shopifyProductIds: ["5"] }]);
    expect(skus).toEqual([]);
  });

  test("a SKU text unique on both sides attaches the unlinked SKU", () => {
    const { products, skus } = plan(catalog, [aProduct("5", "Anything", [aVariant("51", {}, " HS-1 ")])]);
    expect(products).toMatchObject([{ id: "p1", shopifyProductId: "5" }]);
    expect(skus).toMatchObject([{ id: "s1", shopifyVariantId: "51", skuCode: "HS-1" }]);
  });

  test.each([
    ["stands on two variants in Shopify", catalog, new Set(["HS-1"])],
    [
      "stands on two SKUs in the ERP",
      { ...catalog, skus: [...catalog.skus, anErpSku("s2", "p1", "v1", { skuCode: "HS-1" })] },
      new Set<string>(),
    ],
    [
      "belongs to a SKU that another variant has",
      { ...catalog, skus: [anErpSku("s1", "p1", "v1", { skuCode: "HS-1", shopifyVariantId: "77" })] },
      new Set<string>(),
    ],
    [
      "belongs to an archived SKU",
      { ...catalog, skus: [anErpSku("s1", "p1", "v1", { skuCode: "HS-1", archivedAt: NOW })] },
      new Set<string>(),
    ],
  ])("a SKU text that %s matches nothing", (_what, erp, sharedSkuCodes) => {
    const { products } = plan(erp, [aProduct("5", "Anything", [aVariant("51", {}, "HS-1")])], {
      sharedSkuCodes,
    });
    expect(products).toMatchObject([{ shopifyProductId: "5" }]);
    expect(products[0]?.id).not.toBe("p1");
  });

  test("a second Shopify product that feeds a product adds itself and does not rename it", () => {
    const first = after(
      catalog,
      plan(catalog, [aProduct("5", "First", [aVariant("51", { Color: "White" }, "HS-1")])]),
    );
    const { products, variations } = plan(
      first,
      [
        aProduct("6", "Second", [
          aVariant("61", { Color: "Blue" }, "HS-2"),
          aVariant("62", { Color: "Green" }, "x"),
        ]),
      ],
      {
        mappings: new Map([["62", "s1"]]),
      },
    );
    expect(products).toMatchObject([
      { id: "p1", name: "First", shopifyProductId: "5", shopifyProductIds: ["5", "6"] },
    ]);
    expect(variations).toMatchObject([{ name: "Blue", shopifySourceProductId: "6", productId: "p1" }]);
  });
});

describe("matching by name and attributes", () => {
  const erp: Catalog = {
    products: [anErpProduct("p1", "Linen Kurta")],
    variations: [anErpVariation("v1", "p1", "White")],
    skus: [
      anErpSku("s1", "p1", "v1", { size: "S" }),
      anErpSku("s2", "p1", "v1", { size: "M", skuCode: "LK-M" }),
    ],
  };
  const kurta = aProduct("7", "Linen  Kurta ", [
    aVariant("71", { Color: "White", Size: "S" }, "LK-S"),
    aVariant("72", { Color: "White", Size: "M" }, "LK-M2"),
  ]);
  const agreeing = {
    ...kurta,
    variants: [kurta.variants[0] as DecodedVariant, aVariant("72", { Color: "White", Size: "M" }, "LK-M")],
  };

  test("unique both ways, unlinked, same options, no SKU conflict: it is the product", () => {
    const withoutCode = {
      ...erp,
      skus: [anErpSku("s1", "p1", "v1", { size: "S" }), anErpSku("s2", "p1", "v1", { size: "M" })],
    };
    const { products, skus, variations, proposals } = plan(withoutCode, [agreeing]);
    expect(products).toMatchObject([{ id: "p1", shopifyProductId: "7" }]);
    expect(skus.map((sku) => [sku.id, sku.shopifyVariantId])).toEqual([
      ["s1", "71"],
      ["s2", "72"],
    ]);
    expect(variations).toMatchObject([{ id: "v1", name: "White", shopifySourceProductId: "7" }]);
    expect(proposals).toEqual([]);
  });

  test.each([
    ["another SKU text on the same options", erp, kurta, {}, "Same name, but other SKUs"],
    [
      "other options",
      { ...erp, skus: [anErpSku("s1", "p1", "v1", { size: "XL" })] },
      kurta,
      {},
      "Same name, but other options",
    ],
    [
      "another vendor",
      { ...erp, products: [anErpProduct("p1", "Linen Kurta", { vendor: "Loom" })] },
      { ...kurta, vendor: "Mill" },
      {},
      "Same name, but another vendor",
    ],
    [
      "two Shopify products of the name",
      { ...erp, skus: [] },
      kurta,
      { sharedTitles: new Set(["Linen Kurta"]) },
      "Several Shopify products have this name",
    ],
    [
      "a SKU that belongs elsewhere",
      { ...erp, skus: [anErpSku("s9", "p9", "v9", { skuCode: "LK-S", shopifyVariantId: "99" })] },
      kurta,
      {},
      "Same name, but one of its SKUs belongs to another product",
    ],
    [
      "archived",
      { ...erp, products: [anErpProduct("p1", "Linen Kurta", { archivedAt: NOW })] },
      kurta,
      {},
      "Same name, but archived",
    ],
  ] as const)("%s: proposed with its reason, and created", (_what, catalog, product, extra, reason) => {
    const { products, proposals } = plan(catalog as Catalog, [product], extra);
    expect(products.map((row) => row.shopifyProductId)).toEqual(["7"]);
    expect(products[0]?.id).not.toBe("p1");
    expect(proposals).toEqual([{ shopifyProductId: "7", productId: "p1", reason }]);
  });

  test("two ERP products of the name: both are proposed", () => {
    const two = { ...erp, products: [...erp.products, anErpProduct("p2", "Linen Kurta")] };
    expect(plan(two, [kurta]).proposals.map((proposal) => proposal.productId)).toEqual(["p1", "p2"]);
  });
});

test("S20: a relaunched product of the same title is proposed, not matched, in the same batch or a later one", () => {
  const relaunch = aProduct("2", "Classic Cotton Shirt", [
    aVariant("21", { Color: "White", Size: "S" }, "CSH-WHT-S"),
  ]);
  const together = plan(EMPTY, [relaunch, shirt]);
  const first = after(EMPTY, plan(EMPTY, [shirt]));
  const later = plan(first, [relaunch]);
  expect(together.products.map((row) => row.shopifyProductIds)).toEqual([["1"], ["2"]]);
  expect(later.products.map((row) => row.shopifyProductIds)).toEqual([["2"]]);
  for (const { proposals } of [together, later])
    expect(proposals).toMatchObject([
      { shopifyProductId: "2", reason: "Same name, but already linked to another Shopify product" },
    ]);
});

test("an order's placeholder becomes the real SKU when its product arrives", () => {
  const catalog: Catalog = {
    products: [anErpProduct("p0", "Gone shirt", { archivedAt: NOW })],
    variations: [anErpVariation("v0", "p0", "Default")],
    skus: [anErpSku("s0", "p0", "v0", { isPlaceholder: true, shopifyVariantId: "11", archivedAt: NOW })],
  };
  const { products, skus, skusAppeared } = plan(catalog, [shirt]);
  expect(products).toMatchObject([{ id: "p0", name: "Classic Cotton Shirt", archivedAt: null }]);
  expect(skus.find((sku) => sku.id === "s0")).toMatchObject({
    isPlaceholder: false,
    archivedAt: null,
    size: "S",
    productId: "p0",
  });
  expect(skus).toHaveLength(3);
  expect(skusAppeared).toBe(true);
});
