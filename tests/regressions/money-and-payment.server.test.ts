/** S4, S5 and S6: exact lines, payment methods by their many names, and labels that collect exactly what is open. */
import { describe, expect } from "vitest";
import type { Pool } from "pg";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { erpDid, processOrders, rowsOf, stockCatalogue, tell, theOrder } from "./a-story.ts";
import { paise, rupees, type OrderState, type ParcelState, type Shape } from "./order-in-both-shapes.ts";

const shapes: Shape[] = ["rest", "bulk"];
const LATER = "2026-11-21T10:00:00Z";
const LAST = "2026-11-21T12:00:00Z";

async function take(pool: Pool, order: OrderState, as: Shape) {
  await tell(pool, order, { as });
  await processOrders(pool);
}

describe.each(shapes)("told as %s", (as) => {
  test("S4: 3 × 100.00 less 10.00 is a line of 290.00 exactly; the unit price is rounded and only informs", async ({
    database: { pool },
  }) => {
    await stockCatalogue(pool);
    await take(pool, { lines: [{ id: "11", qty: 3, price: "100.00", discount: "10.00" }] }, as);
    expect(await rowsOf(pool, "OrderLine", `"lineTotal", "unitPrice", "discountAmount"`)).toEqual([
      { lineTotal: "290.00", unitPrice: "96.67", discountAmount: "10.00" },
    ]);
    expect(await theOrder(pool)).toMatchObject({ totalAmount: "290.00", moneyDifference: "0.00" });
    expect(await rowsOf(pool, "OrderCharge", `kind, amount`)).toEqual([
      { kind: "item", amount: "300.00" },
      { kind: "order_discount", amount: "-10.00" },
    ]);
  });

  test.for([
    // gateways                                   status    open      method     unknown      collects status
    [["Cashfree Payments"], "PAID", "0.00", "Prepaid", [], "0.00", "open"],
    [["manual"], "PAID", "0.00", "Prepaid", ["manual"], "0.00", "open"],
    [["cupid"], "PAID", "0.00", "Prepaid", ["cupid"], "0.00", "open"],
    [["cupid"], "PENDING", "1000.00", "Prepaid", ["cupid"], "0.00", "on_hold"],
    [["Cash on Delivery (₹49 fee)"], "PAID", "0.00", "COD", [], "0.00", "open"],
    [["Cash on Delivery (₹49 fee)"], "PENDING", "1000.00", "COD", [], "1000.00", "open"],
  ] as const)(
    "S5: %j, %s",
    async (
      [gateways, financialStatus, outstanding, method, unknown, collects, status],
      { database: { pool } },
    ) => {
      await stockCatalogue(pool);
      const lines = [{ id: "11", price: "1000.00" }];
      await take(pool, { gateways, financialStatus, outstanding, lines }, as);
      expect(await theOrder(pool)).toMatchObject({
        paymentMethod: method,
        unknownGateways: unknown,
        amountToCollect: collects,
        status,
      });
    },
  );

  const partlyPaid: OrderState = {
    gateways: ["Razorpay", "Cash on Delivery (COD)"],
    financialStatus: "PARTIALLY_PAID",
    outstanding: "800.00",
    lines: [{ id: "11", price: "1000.00" }],
  };

  test("S6: Razorpay 200 and Cash on Delivery 800 is COD and collects 800", async ({
    database: { pool },
  }) => {
    await stockCatalogue(pool);
    await take(pool, partlyPaid, as);
    expect(await theOrder(pool)).toMatchObject({ paymentMethod: "COD", amountToCollect: "800.00" });
  });

  test("S6: paid by a link before dispatch, it owes nothing and stays COD, though Shopify names the link's gateway alone", async ({
    database: { pool },
  }) => {
    await stockCatalogue(pool);
    await take(pool, partlyPaid, as);
    const paid = { ...partlyPaid, gateways: ["Razorpay"], financialStatus: "PAID", outstanding: "0.00" };
    await take(pool, { ...paid, at: LATER }, as);
    expect(await theOrder(pool)).toMatchObject({
      paymentMethod: "COD",
      amountToCollect: "0.00",
      status: "open",
    });
    await take(
      pool,
      { ...paid, at: LAST, parcels: [{ id: "501", lines: { 11: 1 }, awb: "AWB1", carrier: "IN_TRANSIT" }] },
      as,
    );
    expect(await rowsOf(pool, "Parcel", `"amountToCollect"`)).toEqual([{ amountToCollect: "0.00" }]);
  });
});

/** Three thirds of 999.99, and 800.01 still to be collected: no share is a whole number of paise. */
const threeParts: OrderState = {
  gateways: ["Razorpay", "Cash on Delivery (COD)"],
  financialStatus: "PARTIALLY_PAID",
  outstanding: "800.01",
  lines: ["11", "12", "13"].map((id) => ({ id, price: "333.33" })),
};
const box = (id: string, ...lines: string[]): ParcelState => ({
  id,
  lines: Object.fromEntries(lines.map((line) => [line, 1])),
  awb: `AWB${id}`,
  carrier: "IN_TRANSIT",
});
const labels = async (pool: Pool) =>
  (await rowsOf(pool, "Parcel", `id, "amountToCollect"`)).map((row) => String(row["amountToCollect"]));
const sum = (amounts: string[]) => rupees(amounts.reduce((total, amount) => total + paise(amount), 0));

test.for([
  ["rest", "by the worth of its goods", ["266.67", "533.34"]],
  // Bulk does not say which goods are in which parcel: until a fetch does, each is worth the same.
  ["bulk", "evenly until its goods are known", ["400.01", "400.00"]],
] as const)(
  "S6: two parcels with all the goods, told as %s, collect exactly the sum, %s",
  async ([as, , shares], { database: { pool } }) => {
    await stockCatalogue(pool);
    await take(pool, { ...threeParts, parcels: [box("501", "11"), box("502", "12", "13")] }, as);
    expect(await labels(pool)).toEqual(shares);
    expect(await theOrder(pool)).toMatchObject({ amountToCollect: "800.01", status: "shipped" });
  },
);

test("S6: what the first label says never changes when the others follow, and with the last they make the sum", async ({
  database: { pool },
}) => {
  await stockCatalogue(pool);
  await take(pool, { ...threeParts, parcels: [box("501", "11")] }, "rest");
  const [first] = await labels(pool);
  expect(await theOrder(pool)).toMatchObject({ amountToCollect: "800.01", status: "partially_shipped" });
  await take(pool, { ...threeParts, at: LATER, parcels: [box("501", "11"), box("502", "12")] }, "rest");
  const two = await labels(pool);
  expect(two[0]).toBe(first);
  expect(await theOrder(pool)).toMatchObject({ amountToCollect: "800.01" });
  await take(
    pool,
    { ...threeParts, at: LAST, parcels: [box("501", "11"), box("502", "12"), box("503", "13")] },
    "rest",
  );
  const three = await labels(pool);
  expect(three.slice(0, 2)).toEqual(two);
  expect(sum(three)).toBe("800.01");
});

test("S6: parcels that the ERP handed over collect exactly the sum, whichever shape tells the order", async ({
  database: { pool },
}) => {
  await stockCatalogue(pool);
  for (const [as, at] of [
    ["bulk", threeParts.at],
    ["rest", LATER],
  ] as const) {
    await take(pool, at === undefined ? threeParts : { ...threeParts, at }, as);
    if (as === "bulk")
      await erpDid(
        pool,
        { kind: "handed_over", lineId: "11", parcelId: "box-1", qty: 1, details: { awbNumber: "E1" } },
        { kind: "handed_over", lineId: "12", parcelId: "box-2", qty: 1, details: { awbNumber: "E2" } },
        { kind: "handed_over", lineId: "13", parcelId: "box-2", qty: 1, details: { awbNumber: "E2" } },
      );
    expect(sum(await labels(pool))).toBe("800.01");
    expect(await theOrder(pool)).toMatchObject({ amountToCollect: "800.01", status: "shipped" });
  }
});
