import { describe, expect, test } from "vitest";
import { decodeProduct } from "./decode-product.ts";
import { mergeProductSlots } from "./merge-product-slots.ts";

const bulkNode = {
  __typename: "Product",
  id: "gid://shopify/Product/1",
  updatedAt: "2026-11-01T00:00:00Z",
  title: "Classic Cotton Shirt",
  handle: "classic-cotton-shirt",
  descriptionHtml: "<p>Soft</p>",
  vendor: "Loom",
  productType: "Shirts",
  status: "ACTIVE",
  tags: ["cotton", "new"],
  isGiftCard: false,
  options: [
    { id: "gid://shopify/ProductOption/1", name: "Color", position: 1, values: ["White"] },
    { id: "gid://shopify/ProductOption/2", name: "Size", position: 2, values: ["S", "M"] },
  ],
  variants: [
    {
      __typename: "ProductVariant",
      id: "gid://shopify/ProductVariant/11",
      title: "White / S",
      sku: "CSH-WHT-S",
      barcode: null,
      position: 1,
      price: "999.00",
      compareAtPrice: null,
      selectedOptions: [
        { name: "Color", value: "White" },
        { name: "Size", value: "S" },
      ],
      requiresComponents: false,
      inventoryItem: {
        id: "gid://shopify/InventoryItem/111",
        tracked: true,
        requiresShipping: true,
        measurement: { weight: { value: 0.25, unit: "KILOGRAMS" } },
      },
    },
  ],
};

const restBody = {
  id: 1,
  admin_graphql_api_id: "gid://shopify/Product/1",
  title: "Classic Cotton Shirt",
  handle: "classic-cotton-shirt",
  body_html: "<p>Soft</p>",
  vendor: "Loom",
  product_type: "Shirts",
  status: "active",
  tags: "cotton, new",
  updated_at: "2026-11-01T05:30:00+05:30",
  options: [
    { name: "Color", position: 1, values: ["White"] },
    { name: "Size", position: 2, values: ["S", "M"] },
  ],
  variants: [
    {
      id: 11,
      admin_graphql_api_id: "gid://shopify/ProductVariant/11",
      title: "White / S",
      sku: "CSH-WHT-S",
      barcode: null,
      position: 1,
      price: "999.00",
      compare_at_price: null,
      option1: "White",
      option2: "S",
      option3: null,
      inventory_item_id: 111,
    },
  ],
  variant_gids: [
    { admin_graphql_api_id: "gid://shopify/ProductVariant/11", updated_at: "2026-11-01T00:00:00Z" },
  ],
};

const decode = (shape: string, payload: unknown) => decodeProduct(shape, JSON.stringify(payload));

describe("one product, told in three shapes", () => {
  test("bulk and detail are one and the same", () => {
    const asNodes = { ...bulkNode, variants: { nodes: bulkNode.variants, pageInfo: { hasNextPage: false } } };
    const asEdges = { ...bulkNode, variants: { edges: bulkNode.variants.map((node) => ({ node })) } };
    expect(decode("detail", asNodes)).toEqual(decode("bulk", bulkNode));
    expect(decode("detail", asEdges)).toEqual(decode("bulk", bulkNode));
  });

  test("the webhook agrees on every field it carries", () => {
    const rest = decode("rest", restBody);
    const bulk = decode("bulk", bulkNode);
    expect(bulk).toMatchObject(JSON.parse(JSON.stringify(rest)) as object);
    expect(bulk.variants?.[0]).toMatchObject({ weightGrams: "250", tracked: true, inventoryItemId: "111" });
  });
});

describe("what is missing is unknown, what is wrong is named", () => {
  test("a bare id is a deletion", () => {
    expect(decode("rest", { id: 7 })).toMatchObject({ id: "7", isDeletion: true });
  });

  test("an unknown status is kept as text", () => {
    expect(decode("bulk", { ...bulkNode, status: "HIBERNATING" }).status).toBe("HIBERNATING");
  });

  test("a list without its connection's last page is not complete", () => {
    const partial = { ...bulkNode, variants: { nodes: bulkNode.variants, pageInfo: { hasNextPage: true } } };
    expect(decode("detail", partial).variantIds).toBeUndefined();
  });

  test("no variants at all is a list that was not asked for", () => {
    expect(decode("bulk", { ...bulkNode, variants: [] }).variantIds).toBeUndefined();
    expect(decode("bulk", { ...bulkNode, variants: undefined }).variants).toBeUndefined();
  });

  test("an unreadable price names its place", () => {
    const broken = { ...bulkNode, variants: [{ ...bulkNode.variants[0], price: "free" }] };
    expect(() => decode("bulk", broken)).toThrow("$.variants[0].price: expected a decimal number");
  });

  test("a webhook without option names still tells the values apart", () => {
    const { variants } = decode("rest", { ...restBody, options: [] });
    expect(variants?.[0]?.selectedOptions).toEqual([
      { name: "Option 1", value: "White" },
      { name: "Option 2", value: "S" },
    ]);
  });
});

describe("slots of one product", () => {
  const slot = (shape: string, updatedAt: string, payload: unknown) => ({
    shape,
    shopifyUpdatedAt: updatedAt,
    triggeredAt: null,
    decoded: decode(shape, payload),
  });
  const bulk = slot("bulk", "2026-11-01T00:00:00Z", bulkNode);
  const newerRest = slot("rest", "2026-11-02T00:00:00Z", {
    ...restBody,
    title: "Classic Shirt",
    variants: [{ ...restBody.variants[0], price: "899.00" }],
  });

  test("a newer webhook changes what it says and erases nothing", () => {
    const merged = mergeProductSlots([bulk, newerRest]);
    expect(merged.title).toBe("Classic Shirt");
    expect(merged.variants[0]).toMatchObject({ price: "899", weightGrams: "250", requiresShipping: true });
    expect(mergeProductSlots([newerRest, bulk])).toEqual(merged);
  });

  test("an older webhook changes nothing", () => {
    const older = slot("rest", "2026-10-01T00:00:00Z", { ...restBody, title: "Old name" });
    expect(mergeProductSlots([older, bulk]).title).toBe("Classic Cotton Shirt");
  });

  test("a newer complete list drops a variant, an incomplete one does not", () => {
    const two = slot("bulk", "2026-11-01T00:00:00Z", {
      ...bulkNode,
      variants: [
        ...bulkNode.variants,
        { ...bulkNode.variants[0], id: "gid://shopify/ProductVariant/12", position: 2 },
      ],
    });
    expect(mergeProductSlots([two, newerRest]).variants.map((variant) => variant.id)).toEqual(["11"]);
    const unlisted = slot("rest", "2026-11-02T00:00:00Z", { ...restBody, variant_gids: undefined });
    const merged = mergeProductSlots([two, unlisted]);
    expect(merged.variants.map((variant) => variant.id)).toEqual(["11", "12"]);
    expect(merged.variantIds).toEqual(["11", "12"]);
  });

  test("a webhook's ids beyond its first hundred ask for a fetch", () => {
    const listed = slot("rest", "2026-11-02T00:00:00Z", {
      ...restBody,
      variant_gids: [...restBody.variant_gids, { admin_graphql_api_id: "gid://shopify/ProductVariant/99" }],
    });
    const merged = mergeProductSlots([listed]);
    expect(merged.variantIds).toEqual(["11", "99"]);
    expect(merged.variantsComplete).toBe(false);
  });

  test("a deletion is final, whatever arrives later", () => {
    const gone = slot("rest", "2026-11-01T00:00:00Z", { id: 1 });
    const late = slot("bulk", "2026-11-05T00:00:00Z", bulkNode);
    expect(mergeProductSlots([gone, late])).toMatchObject({ deleted: true, title: "Classic Cotton Shirt" });
  });
});
