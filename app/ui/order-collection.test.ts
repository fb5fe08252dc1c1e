import { expect, test } from "vitest";
import { buildOrderCollection } from "./order-collection.ts";

test("parcels and what is in none of them come to what is collected for the order", () => {
  const parcel = (id: string, amountToCollect: string) => ({
    id,
    name: null,
    awbNumber: null,
    amountToCollect,
  });
  const { parcels, rest } = buildOrderCollection({
    parcels: [parcel("1", "500.00"), parcel("2", "0"), parcel("3", "299.99")],
    ...{ amountToCollect: "1000.00", presentmentCurrency: "INR" },
  });
  expect(parcels.map(({ id }) => id)).toEqual(["1", "3"]);
  expect(rest).toBe("200.01");
});
