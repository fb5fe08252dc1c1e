/** S2 as a bulk payload tells it: the fulfilment that Shopify cancelled is a parcel which the ERP handed over itself. */
import { expect } from "vitest";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import {
  erpDid,
  processAgain,
  processOrders,
  rowsOf,
  stockCatalogue,
  tell,
  theLines,
  theOrder,
} from "./a-story.ts";
import type { OrderState } from "./order-in-both-shapes.ts";

const at = "2026-11-21T10:00:00Z";
const sent: OrderState = {
  lines: [{ id: "11", qty: 2 }],
  parcels: [{ id: "501", lines: { 11: 2 }, awb: "AWB1" }],
};
const parcels = sent.parcels!.map((parcel) => ({ ...parcel, status: "CANCELLED" as const }));

test.for<[string, OrderState]>([
  ["the fulfilment", { ...sent, parcels, at }],
  ["the order", { ...sent, at, cancelledAt: at, financialStatus: "VOIDED" }],
  [
    "both",
    {
      ...{ parcels, at, cancelledAt: at, financialStatus: "VOIDED" },
      lines: [{ id: "11", qty: 2, currentQty: 0 }],
    },
  ],
])(
  "S2: a bulk payload cancels %s after the ERP handed the parcel over: it stays shipped, one RTO case is open",
  async ([, news], { database: { pool } }) => {
    await stockCatalogue(pool);
    await tell(pool, sent, { as: "bulk" });
    await processOrders(pool);
    await erpDid(pool, {
      kind: "handed_over",
      lineId: "11",
      parcelId: "box-1",
      qty: 2,
      details: { awbNumber: "AWB 1" },
    });
    await tell(pool, news, { as: "bulk" });
    await processOrders(pool);
    expect(await theLines(pool)).toEqual({ 11: { qty: 2, shippedQty: 2, lineStatus: "shipped" } });
    expect(await rowsOf(pool, "ReturnCase")).toMatchObject([{ kind: "rto", state: "initiated" }]);
    expect(await theOrder(pool)).toMatchObject({ status: "shipped", amountToCollect: "0.00" });
  },
);

test("S2/S6: the fulfilment of one parcel cancelled by a bulk payload leaves the other parcel's label as it is", async ({
  database: { pool },
}) => {
  const lines = [{ id: "11", qty: 2 }, { id: "12" }];
  const both = (status: "SUCCESS" | "CANCELLED"): OrderState["parcels"] => [
    { id: "501", lines: { 11: 2 }, awb: "AWB1", status },
    { id: "502", lines: { 12: 1 }, awb: "AWB2", carrier: "IN_TRANSIT" },
  ];
  await stockCatalogue(pool);
  await tell(pool, { lines }, { as: "bulk" });
  const details = { awbNumber: "AWB1" };
  await erpDid(pool, { kind: "handed_over", lineId: "11", parcelId: "box-1", qty: 2, details });
  await tell(pool, { lines, at, parcels: both("SUCCESS")! }, { as: "bulk" });
  await processOrders(pool);
  const label = async () =>
    (await rowsOf(pool, "Parcel", `id, "amountToCollect"`)).find(({ id }) => id === "502");
  expect(await label()).toMatchObject({ amountToCollect: "100.00" });
  await tell(pool, { lines, at: "2026-11-21T11:00:00Z", parcels: both("CANCELLED")! }, { as: "bulk" });
  await processOrders(pool);
  expect(await label()).toMatchObject({ amountToCollect: "100.00" });
  expect(await theOrder(pool)).toMatchObject({ amountToCollect: "100.00", status: "shipped" });
});

test.for(["rest", "bulk"] as const)(
  "law 4 (%s): Shopify fulfilled both units in a parcel of which the ERP handed over one: both are shipped",
  async (as, { database: { pool } }) => {
    await stockCatalogue(pool);
    await tell(pool, { lines: [{ id: "11", qty: 2 }] }, { as });
    await erpDid(
      pool,
      { kind: "packed", lineId: "11", qty: 2 },
      { kind: "handed_over", lineId: "11", parcelId: "box-1", qty: 1, details: { awbNumber: "AWB1" } },
    );
    await tell(pool, { ...sent, at }, { as });
    await processOrders(pool);
    expect(await theLines(pool)).toEqual({ 11: { qty: 2, shippedQty: 2, lineStatus: "shipped" } });
    expect(await rowsOf(pool, "ParcelLine", `"parcelId", qty`)).toEqual([{ parcelId: "box-1", qty: 2 }]);
  },
);

test("law 5: a gateway's name with a line break is one name however often its order is processed", async ({
  database: { pool },
}) => {
  await stockCatalogue(pool);
  await tell(pool, { lines: [{ id: "11" }], gateways: ["Wallet\nof Mars"] });
  await processOrders(pool);
  expect(await processAgain(pool)).toMatchObject({ unchanged: 1 });
  expect(await theOrder(pool)).toMatchObject({ unknownGateways: ["Wallet\nof Mars"] });
});
