import { describe, expect, test } from "vitest";
import { aRestLine, decodeRest, type Patch } from "#tests/order-shapes/a-rest-order.ts";

describe("fulfilments", () => {
  const decodeOne = (patch: Patch) =>
    decodeRest({ fulfillments: [{ id: 7, status: "success", ...patch }] }).fulfillments[0];

  test("say which lines they hold", () => {
    const line_items = [
      aRestLine({ quantity: 2 }),
      aRestLine({ admin_graphql_api_id: "gid://shopify/LineItem/9" }),
    ];
    expect(decodeOne({ line_items, shipment_status: "in_transit" })).toMatchObject({
      status: "SUCCESS",
      deliveryStatus: "IN_TRANSIT",
      totalQty: 3,
      lines: [
        { lineId: "15518907892012", qty: 2 },
        { lineId: "9", qty: 1 },
      ],
    });
    expect(decodeOne({})).toMatchObject({ deliveryStatus: null, totalQty: undefined, lines: undefined });
  });

  test.each([
    ["none", { tracking_company: null, tracking_numbers: [] }, []],
    [
      "several",
      { tracking_company: "Delhivery", tracking_numbers: ["A", "B"], tracking_urls: ["https://a"] },
      [
        { company: "Delhivery", number: "A", url: "https://a" },
        { company: "Delhivery", number: "B", url: null },
      ],
    ],
    [
      "the single fields",
      { tracking_number: "A", tracking_url: "" },
      [{ company: null, number: "A", url: null }],
    ],
    [
      "a courier without a number",
      { tracking_company: "Own van" },
      [{ company: "Own van", number: null, url: null }],
    ],
  ])("tracking: %s", (_what, patch, expected) => {
    expect(decodeOne(patch)?.tracking).toEqual(expected);
  });
});
