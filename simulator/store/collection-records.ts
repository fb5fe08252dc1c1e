import { makeGid } from "./ids.ts";
import type { ProductPlan } from "./product-plan.ts";
import type { SimNode } from "./types.ts";

const TITLES = [
  "New Arrivals",
  "Kurtas",
  "Sarees",
  "Festive Edit",
  "Accessories",
  "Sale – up to 50% off",
] as const;

export const COLLECTION_RECORDS: readonly SimNode[] = TITLES.map((title, i) => {
  const number = 310_442_106_925 + i * 32_768;
  return {
    __typename: "Collection",
    id: makeGid("Collection", number),
    legacyResourceId: String(number),
    title,
    handle: title.toLowerCase().replace(/[^a-z0-9]+/g, "-"),
    descriptionHtml: "",
    updatedAt: "2026-11-01T04:00:00Z",
  };
});

/** The collections a product is in: none to three. */
export function collectionsOf(plan: ProductPlan): SimNode[] {
  const wanted = [
    plan.p % 4 === 0 ? 0 : -1,
    ["Kurtas", "Sarees"].indexOf(plan.productType) + 1 || -1,
    plan.p % 3 === 1 ? 3 : -1,
  ];
  return wanted.flatMap((i) => COLLECTION_RECORDS[i] ?? []);
}
