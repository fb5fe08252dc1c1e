import { describe, expect, test } from "vitest";
import { decodeRest, decodeRestLine, set } from "#tests/order-shapes/a-rest-order.ts";

describe("lines", () => {
  test.each([
    ["a custom item", { product_id: null, variant_id: null }, { productId: null, variantId: null }],
    ["no such keys", {}, { productId: null, variantId: null }],
    ["a variant", { product_id: 97, variant_id: 503 }, { productId: "97", variantId: "503" }],
    ["a bundle", { sales_line_item_group_id: 142831562 }, { lineItemGroupId: "142831562" }],
    ["a rounded number is no id", { variant_id: 2 ** 60 }, { variantId: null }],
  ])("%s", (_what, patch, expected) => {
    expect(decodeRestLine(patch)).toMatchObject(expected);
  });

  test.each([
    ["SKU texts are kept as they are, blank is none", { sku: " A,1 " }, { sku: " A,1 " }],
    ["blank SKU", { sku: "", variant_title: "" }, { sku: null, variantTitle: null }],
    [
      "what is left of them",
      { quantity: 3, current_quantity: 2, fulfillable_quantity: 1 },
      { qty: 3, currentQty: 2, unfulfilledQty: 1 },
    ],
    ["old payloads without current_quantity", { quantity: 3 }, { qty: 3, currentQty: 3, unfulfilledQty: 3 }],
    ["… already fulfilled", { quantity: 3, fulfillment_status: "fulfilled" }, { unfulfilledQty: 0 }],
    [
      "gift cards",
      { gift_card: true, requires_shipping: false },
      { isGiftCard: true, requiresShipping: false },
    ],
    [
      "duties are money bags themselves",
      { duties: [{ id: "2", ...set("164.86"), tax_lines: [] }] },
      { duties: [{ shop: 16486, presentment: 16486 }] },
    ],
    [
      "tax",
      { tax_lines: [{ title: "IGST", rate: 0.05, price: "4.76", price_set: set("4.76") }] },
      { taxLines: [{ title: "IGST", rate: "0.05", amount: { shop: 476, presentment: 476 } }] },
    ],
  ])("%s", (_what, patch, expected) => {
    expect(decodeRestLine(patch)).toMatchObject(expected);
  });
});

describe("discounts", () => {
  const code = {
    type: "discount_code",
    code: "DIWALI",
    allocation_method: "across",
    target_selection: "all",
  };
  const automatic = {
    type: "automatic",
    title: "2 + 1",
    allocation_method: "across",
    target_selection: "entitled",
  };
  const manual = {
    type: "manual",
    title: "Sorry",
    description: "late",
    allocation_method: "each",
    target_selection: "explicit",
  };

  test.each([
    ["a code over the whole order", 0, "DIWALI", "order"],
    ["an automatic one over chosen lines", 1, "2 + 1", "line"],
    ["a manual one on the line", 2, "Sorry", "line"],
    ["an index that leads nowhere", 7, null, "line"],
  ] as const)("%s", (_what, index, title, level) => {
    const line = decodeRestLine(
      {
        total_discount: "0.00",
        discount_allocations: [
          { amount: "14.10", amount_set: set("14.10"), discount_application_index: index },
        ],
      },
      { discount_applications: [code, automatic, manual] },
    );
    expect(line?.allocations).toEqual([{ amount: { shop: 1410, presentment: 1410 }, title, level }]);
  });

  test("discount codes are those a customer entered; a manual discount only looks like one", () => {
    const codes = ["DIWALI", "Sorry", "GONE"].map((one) => ({
      code: one,
      amount: "1.00",
      type: "percentage",
    }));
    expect(
      decodeRest({ discount_codes: codes, discount_applications: [code, manual] }).discountCodes,
    ).toEqual(["DIWALI", "GONE"]);
  });

  test("discounts on shipping, and two shipping lines in one order whichever came first", () => {
    const lines = [
      {
        id: 2,
        title: "Standard",
        code: "STD",
        price: "50.00",
        discounted_price: "0.00",
        discount_allocations: [{ amount: "50.00", discount_application_index: 0 }],
      },
      { id: 1, title: "Express", code: "", price: "90.00", is_removed: true },
    ];
    const told = [lines, lines.toReversed()].map(
      (shipping_lines) => decodeRest({ shipping_lines, discount_applications: [code] }).shippingLines,
    );
    expect(told[0]).toEqual(told[1]);
    expect(told[0]).toMatchObject([
      {
        title: "Express",
        code: null,
        isRemoved: true,
        originalPrice: { shop: 9000 },
        discountedPrice: undefined,
      },
      {
        title: "Standard",
        code: "STD",
        discountedPrice: { shop: 0 },
        allocations: [{ amount: { shop: 5000 }, title: "DIWALI" }],
      },
    ]);
  });
});
