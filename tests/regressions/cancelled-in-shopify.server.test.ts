/** S1 and S2: Shopify takes an order back, before and after its goods have left. */
import { describe, expect } from "vitest";
import type { Pool } from "pg";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { erpDid, processOrders, rowsOf, stockCatalogue, tell, theLines, theOrder } from "./a-story.ts";
import type { OrderState, ParcelState, Shape } from "./order-in-both-shapes.ts";

const CANCELLED = "2026-11-21T10:00:00Z";
const shapes: Shape[] = ["rest", "bulk"];

describe.each(shapes)("told as %s", (as) => {
  const placed: OrderState = {
    lines: [
      { id: "11", qty: 2 },
      { id: "12", price: "50.00" },
    ],
  };

  test("S1: an order open in the ERP that Shopify cancels, its total unchanged, is cancelled", async ({
    database: { pool },
  }) => {
    await stockCatalogue(pool);
    await tell(pool, placed, { as });
    await processOrders(pool);
    expect(await theOrder(pool)).toMatchObject({ status: "open", amountToCollect: "250.00" });

    const news: OrderState = { ...placed, at: CANCELLED, cancelledAt: CANCELLED, financialStatus: "VOIDED" };
    await tell(pool, { ...news, total: "250.00", currentTotal: "250.00", outstanding: "250.00" }, { as });
    expect(await processOrders(pool)).toMatchObject({ updated: 1 });
    expect(await theOrder(pool)).toMatchObject({
      status: "cancelled",
      totalAmount: "250.00",
      amountToCollect: "0.00",
      stopShip: null,
      cancelledAt: new Date(CANCELLED),
    });
    expect(await theLines(pool)).toEqual({
      11: { qty: 2, cancelledQty: 2, lineStatus: "cancelled" },
      12: { qty: 1, cancelledQty: 1, lineStatus: "cancelled" },
    });
    expect(await rowsOf(pool, "ReturnCase")).toEqual([]);
  });

  test("S1: allocated and picked goods are cancelled with it; units taken off at the same time count once", async ({
    database: { pool },
  }) => {
    await stockCatalogue(pool);
    await tell(pool, placed, { as });
    await processOrders(pool);
    await erpDid(
      pool,
      { kind: "allocated", lineId: "11", qty: 2 },
      { kind: "picked", lineId: "11", qty: 1 },
      { kind: "allocated", lineId: "12", qty: 1 },
    );
    expect((await theLines(pool))["11"]).toMatchObject({ allocatedQty: 2, pickedQty: 1 });
    const gone = placed.lines.map((line) => ({ ...line, currentQty: 0 }));
    await tell(
      pool,
      { lines: gone, at: CANCELLED, cancelledAt: CANCELLED, financialStatus: "VOIDED" },
      { as },
    );
    await processOrders(pool);
    expect(await theOrder(pool)).toMatchObject({ status: "cancelled", amountToCollect: "0.00" });
    expect(await theLines(pool)).toEqual({
      11: { qty: 2, cancelledQty: 2, lineStatus: "cancelled" },
      12: { qty: 1, cancelledQty: 1, lineStatus: "cancelled" },
    });
  });
});

/** Who says that the parcel left: a person here, or a carrier through Shopify. */
const left = {
  "handed over by the ERP": {
    shapes: ["rest"],
    carrier: undefined,
    handOver: (pool: Pool) =>
      erpDid(
        pool,
        { kind: "packed", lineId: "11", qty: 2 },
        ...[
          { kind: "handed_over", lineId: "11", parcelId: "box-1", qty: 2, details: { awbNumber: "AWB 1" } },
        ],
      ),
  },
  "in a carrier's hands, as Shopify tells": {
    shapes: ["rest", "bulk"],
    carrier: "IN_TRANSIT",
    handOver: () => Promise.resolve(),
  },
} as const;

const FIRST = "2026-11-21T10:00:00Z";
const SECOND = "2026-11-21T10:00:05Z";
const parcel = (told: Partial<ParcelState>): ParcelState[] => [
  { id: "501", lines: { 11: 2 }, awb: "AWB1", ...told },
];

describe.each(Object.entries(left))("S2: a parcel %s", (_, { carrier, handOver, ...by }) => {
  const told = carrier ? { carrier } : {};
  const line = { id: "11", qty: 2 };
  const sent: OrderState = { lines: [line], parcels: parcel(told), at: "2026-11-21T08:00:00Z" };
  const off = { lines: [{ ...line, currentQty: 0 }], financialStatus: "VOIDED" };
  const fulfilmentCancelled: OrderState = { ...sent, parcels: parcel({ ...told, status: "CANCELLED" }) };
  const roads: [string, OrderState[]][] = [
    [
      "the fulfilment first, then the order",
      [
        { ...fulfilmentCancelled, at: FIRST },
        { ...fulfilmentCancelled, ...off, at: SECOND, cancelledAt: SECOND },
      ],
    ],
    [
      "the order first, then the fulfilment",
      [
        // Nobody has paid and nothing is voided yet: Shopify still calls 200.00 outstanding.
        { ...sent, at: FIRST, cancelledAt: FIRST },
        { ...fulfilmentCancelled, ...off, at: SECOND, cancelledAt: FIRST },
      ],
    ],
    ["both at once", [{ ...fulfilmentCancelled, ...off, at: FIRST, cancelledAt: FIRST }]],
  ];

  describe.each(roads)("cancelled: %s", (_order, news) => {
    test.for<Shape>(by.shapes)(
      "S2 (%s): what was shipped stays shipped, one RTO case is open, nothing is collected",
      async (as, { database: { pool } }) => {
        await stockCatalogue(pool);
        await tell(pool, sent, { as });
        await processOrders(pool);
        await handOver(pool);
        expect(await theOrder(pool)).toMatchObject({ status: "shipped", amountToCollect: "200.00" });

        for (const state of news) {
          await tell(pool, state, { as });
          await processOrders(pool);
          expect(await theLines(pool)).toMatchObject({ 11: { shippedQty: 2, lineStatus: "shipped" } });
          expect(await rowsOf(pool, "ReturnCase")).toMatchObject([{ kind: "rto", state: "initiated" }]);
          expect(await theOrder(pool)).toMatchObject({ amountToCollect: "0.00" });
        }
        expect(await theLines(pool)).toEqual({ 11: { qty: 2, shippedQty: 2, lineStatus: "shipped" } });
        expect(await theOrder(pool)).toMatchObject({ status: "shipped", amountToCollect: "0.00" });
        expect(await rowsOf(pool, "Parcel")).toMatchObject([{ amountToCollect: "0.00" }]);
        expect(await rowsOf(pool, "ReturnCase", `kind, state, lines`)).toEqual([
          { kind: "rto", state: "initiated", lines: [{ lineId: "11", qty: 2, receivedQty: 0 }] },
        ]);
      },
    );
  });
});

describe.each(shapes)("S2: told as %s", (as) => {
  test("S2: goods that had arrived stay delivered, and one return case is open", async ({
    database: { pool },
  }) => {
    const line = { id: "11", qty: 2 };
    const sent: OrderState = { lines: [line], parcels: parcel({ carrier: "DELIVERED" }), at: FIRST };
    await stockCatalogue(pool);
    await tell(pool, sent, { as });
    await processOrders(pool);
    await tell(pool, { ...sent, at: SECOND, cancelledAt: SECOND, financialStatus: "REFUNDED" }, { as });
    await processOrders(pool);
    expect(await theLines(pool)).toEqual({
      11: { qty: 2, shippedQty: 2, deliveredQty: 2, lineStatus: "delivered" },
    });
    expect(await rowsOf(pool, "ReturnCase")).toMatchObject([{ kind: "return", state: "initiated" }]);
    expect(await theOrder(pool)).toMatchObject({ status: "delivered", amountToCollect: "0.00" });
  });

  test.for([
    ["seen", "cancelled", "process"],
    ["seen", "process", "cancelled", "process"],
    ["cancelled", "seen", "process"],
    ["cancelled", "process", "seen", "process"],
  ] as const)(
    "S2: a carrier that only a replaced payload showed is not forgotten: %s, %s, %s …",
    async (steps, { database: { pool } }) => {
      const line = { id: "11", qty: 2 };
      const seen: OrderState = { lines: [line], parcels: parcel({ carrier: "IN_TRANSIT" }), at: FIRST };
      const off = { lines: [{ ...line, currentQty: 0 }], financialStatus: "VOIDED" };
      const parcels = parcel({ status: "CANCELLED" });
      await stockCatalogue(pool);
      for (const step of steps)
        if (step === "process") await processOrders(pool);
        else
          await tell(pool, step === "seen" ? seen : { ...off, parcels, at: SECOND, cancelledAt: SECOND }, {
            as,
          });
      expect(await theLines(pool)).toEqual({ 11: { qty: 2, shippedQty: 2, lineStatus: "shipped" } });
      expect(await rowsOf(pool, "ReturnCase")).toMatchObject([{ kind: "rto", state: "initiated" }]);
      expect(await theOrder(pool)).toMatchObject({ status: "shipped", amountToCollect: "0.00" });
    },
  );

  test.for([
    ["handed over", [], "shipped", { kind: "rto", state: "initiated", parcelId: "box-1" }],
    ["delivered", ["delivered"], "delivered", { kind: "return", state: "initiated", parcelId: "box-1" }],
  ] as const)(
    "S2: a parcel %s that Shopify never knew of: the order it cancels keeps it, and one case is open",
    async ([, since, status, open], { database: { pool } }) => {
      const line = { id: "11", qty: 2 };
      await stockCatalogue(pool);
      await tell(pool, { lines: [line] }, { as });
      await erpDid(
        pool,
        { kind: "handed_over", lineId: "11", parcelId: "box-1", qty: 2, details: { awbNumber: "AWB 1" } },
        ...since.map((kind) => ({ kind, parcelId: "box-1" })),
      );
      const off = { lines: [{ ...line, currentQty: 0 }], financialStatus: "VOIDED" };
      await tell(pool, { ...off, at: SECOND, cancelledAt: SECOND }, { as });
      await processOrders(pool);
      expect(await theOrder(pool)).toMatchObject({ status, amountToCollect: "0.00" });
      expect(await theLines(pool)).toMatchObject({ 11: { shippedQty: 2 } });
      expect(await rowsOf(pool, "ReturnCase")).toMatchObject([open]);
    },
  );

  test("S2: a fulfilment that certainly never left gives its units back, and no case opens", async ({
    database: { pool },
  }) => {
    const sent: OrderState = { lines: [{ id: "11", qty: 2 }], parcels: parcel({}), at: FIRST };
    await stockCatalogue(pool);
    await tell(pool, sent, { as });
    await processOrders(pool);
    await tell(pool, { ...sent, at: SECOND, parcels: parcel({ status: "CANCELLED" }) }, { as });
    await processOrders(pool);
    expect(await theOrder(pool)).toMatchObject({ status: "open", amountToCollect: "200.00" });
    expect(await rowsOf(pool, "ReturnCase")).toEqual([]);
  });
});
