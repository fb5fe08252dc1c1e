import { expect, test } from "vitest";

import { mappingOutcome, type MappedPlaces } from "./mapped-places.ts";

const place = (id: string, more = {}) => ({ id, name: null, isActive: true, isDeleted: false, ...more });
const places: MappedPlaces = {
  shopify: [place("1"), place("2"), place("3", { isActive: false }), place("4", { isDeleted: true })],
  erp: ["1", "WH-A", "WH-B", "WH-LOST"],
};

test("several ERP locations feed one; one in no pair feeds Shopify's of its own id, or nothing", () => {
  const pairs = [
    { erp: "WH-A", shopify: "1" },
    { erp: "WH-B", shopify: "1" },
  ];
  expect(mappingOutcome(pairs, places)).toEqual({
    fed: [
      { id: "1", by: ["1", "WH-A", "WH-B"] },
      { id: "2", by: [] },
    ],
    feedNothing: ["WH-LOST"],
    feedSeveral: [],
    broken: [],
  });
  // A pair takes the place of its own id.
  expect(mappingOutcome([{ erp: "1", shopify: "2" }], places).fed).toEqual([
    { id: "1", by: [] },
    { id: "2", by: ["1"] },
  ]);
});

test("what is counted twice, and a Shopify location that takes no stock, are said", () => {
  const pairs = [
    { erp: "WH-A", shopify: "1" },
    { erp: "WH-A", shopify: "2" },
    { erp: "WH-B", shopify: "3" },
    { erp: "WH-B", shopify: "4" },
    { erp: "1", shopify: "9" },
  ];
  const { feedSeveral, feedNothing, broken } = mappingOutcome(pairs, places);
  expect(feedSeveral).toEqual(["WH-A", "WH-B"]);
  expect(feedNothing).toEqual(["1", "WH-B", "WH-LOST"]);
  expect(broken).toEqual([
    { id: "3", why: "inactive", by: ["WH-B"] },
    { id: "4", why: "deleted", by: ["WH-B"] },
    { id: "9", why: "unknown", by: ["1"] },
  ]);
});
