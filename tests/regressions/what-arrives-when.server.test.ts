/** S8, S9, S10 and S11: what Shopify says comes twice, late, together and by several roads. */
import { describe, expect } from "vitest";
import type { Pool } from "pg";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import {
  allOrderRows,
  processAgain,
  processOrders,
  rowsOf,
  stockCatalogue,
  tell,
  theOrder,
} from "./a-story.ts";
import type { OrderState, ParcelState, Shape } from "./order-in-both-shapes.ts";

const at = (second: number) => `2026-11-21T10:00:${String(second).padStart(2, "0")}Z`;
const aLine = { id: "11", qty: 2 };

/** Drains the pending orders again and again, as several workers do, until `news` has arrived; then what is left. */
async function processMeanwhile(pool: Pool, news: Promise<unknown>) {
  const arrived = { all: false };
  const worker = async () => {
    while (!arrived.all) await processOrders(pool);
  };
  const workers = [worker(), worker(), worker()];
  await news.finally(() => {
    arrived.all = true;
  });
  await Promise.all(workers);
  await processOrders(pool);
}

/** Each of the 50 is stored, as the newest then or as older than what was there already. */
async function expectAllKept(pool: Pool) {
  const outcomes = (await rowsOf(pool, "WebhookDelivery", "outcome")).map(({ outcome }) => outcome);
  expect(outcomes.filter((outcome) => outcome === "stored" || outcome === "superseded")).toHaveLength(50);
}

describe("S8: news of one instant", () => {
  test("S8: 50 deliveries of one new order at once, while others process: all stored, one order, the newest content", async ({
    database: { pool },
  }) => {
    await stockCatalogue(pool);
    const news = [
      tell(pool, { lines: [aLine], at: at(0), note: "created" }, { topic: "orders/create" }),
      tell(pool, { lines: [aLine], at: at(0), note: "updated" }, { triggeredAt: "2026-11-21T10:00:00.5Z" }),
      ...Array.from({ length: 48 }, (_, n) => {
        // Sent in no order of time.
        const second = 1 + ((n * 17) % 48);
        return tell(pool, { lines: [aLine], at: at(second), note: `news ${second}` });
      }),
    ];
    await processMeanwhile(pool, Promise.all(news));

    await expectAllKept(pool);
    const [entry, ...others] = await rowsOf(pool, "ShopifyOrderCache");
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ rawShape: "rest", errorCode: null, processedAt: expect.any(Date) });
    expect(JSON.parse(String(entry!["rawData"]))).toMatchObject({ note: "news 48" });
    expect(await rowsOf(pool, "ShopifyPayloadHistory")).toHaveLength(49);
    expect(await theOrder(pool)).toMatchObject({ note: "news 48" });
    expect(await rowsOf(pool, "OrderLine")).toHaveLength(1);
    const feed = (await rowsOf(pool, "ChangeFeed")).filter(({ entity }) => entity === "order");
    expect(feed.filter(({ change }) => change === "created")).toHaveLength(1);
  });

  test("S8: orders/create and orders/updated of the same instant, for 25 orders at once: the one triggered later stands, and Shopify is asked", async ({
    database: { pool },
  }) => {
    await stockCatalogue(pool);
    const both = Array.from({ length: 25 }, (_, n) => {
      const order = { id: String(2000 + n), lines: [{ ...aLine, id: String(3000 + n) }], at: at(0) };
      const created = () =>
        tell(pool, { ...order, note: "created" }, { topic: "orders/create", triggeredAt: at(0) });
      const updated = () => tell(pool, { ...order, note: "updated" }, { triggeredAt: at(1) });
      return n % 2 === 0 ? [created(), updated()] : [updated(), created()];
    }).flat();
    await processMeanwhile(pool, Promise.all(both));
    await expectAllKept(pool);
    expect(await rowsOf(pool, "Order", "note")).toEqual(Array(25).fill({ note: "updated" }));
    const entries = await rowsOf(pool, "ShopifyOrderCache", `"needsFetch", "processedAt" IS NULL AS waits`);
    expect(entries).toHaveLength(25);
    for (const entry of entries)
      expect(entry).toEqual({ needsFetch: expect.stringMatching(/same instant/), waits: false });
  });
});

test.for(["rest", "bulk"] as const)(
  "S9: an order known as %s and processed is processed again when the look-back brings a newer payload",
  async (as, { database: { pool } }) => {
    await stockCatalogue(pool);
    await tell(pool, { lines: [aLine], at: at(0) }, { as });
    await processOrders(pool);
    expect(await processOrders(pool)).toMatchObject({ processed: 0 });

    const newer: OrderState = { lines: [{ ...aLine, currentQty: 1 }], at: at(9), note: "one less" };
    await tell(pool, newer, { as: "bulk", source: "lookback" });
    expect(await rowsOf(pool, "ShopifyOrderCache", `source, "processedAt"`)).toEqual([
      { source: "lookback", processedAt: null },
    ]);
    expect(await processOrders(pool)).toMatchObject({ processed: 1, updated: 1 });
    expect(await theOrder(pool)).toMatchObject({ note: "one less", amountToCollect: "100.00" });
    expect(await rowsOf(pool, "OrderLine", `qty, "cancelledQty"`)).toEqual([{ qty: 2, cancelledQty: 1 }]);

    await tell(pool, newer, { as: "bulk", source: "lookback" });
    expect(await processOrders(pool)).toMatchObject({ processed: 0 });
  },
);

describe("S10: an old payload arrives after a newer one", () => {
  const parcel = (carrier?: string): ParcelState => ({
    ...{ id: "501", lines: { 11: 1 }, awb: "AWB1" },
    ...(carrier ? { carrier } : {}),
  });
  /** Only the old payload names cash on delivery; only it shows the parcel with a carrier. */
  const old: OrderState = {
    lines: [aLine],
    at: at(1),
    gateways: ["Razorpay", "Cash on Delivery (COD)"],
    financialStatus: "PARTIALLY_PAID",
    outstanding: "150.00",
    parcels: [parcel("IN_TRANSIT")],
  };
  const newer: OrderState = { ...old, at: at(5), gateways: ["Razorpay"], parcels: [parcel()], note: "newer" };

  type Step = "old" | "newer" | "process";
  const arrivals: Step[][] = [
    ["old", "newer", "process"],
    ["newer", "old", "process"],
    ["old", "process", "newer", "process"],
    ["newer", "process", "old", "process"],
    ["old", "newer", "old", "process"],
    ["old", "process", "newer", "process", "old", "process"],
    ["newer", "old", "process", "old", "newer", "process"],
  ];

  test.for([
    ["rest", "rest"],
    ["bulk", "bulk"],
    ["rest", "bulk"],
    ["bulk", "rest"],
  ] as [Shape, Shape][])(
    "S10: old as %s, newer as %s: whichever comes first, processed in between or not, the rows are the same, and it is COD",
    async ([asOld, asNewer], { database: { pool } }) => {
      await stockCatalogue(pool);
      const ends: unknown[] = [];
      for (const steps of arrivals) {
        for (const step of steps)
          if (step === "process") await processOrders(pool);
          else await tell(pool, step === "old" ? old : newer, { as: step === "old" ? asOld : asNewer });
        const rows = await allOrderRows(pool);
        // Processing everything once more must not change it either.
        await processAgain(pool);
        expect(await allOrderRows(pool)).toEqual(rows);
        ends.push({ steps: steps.join(" "), rows });
        for (const table of [...Object.keys(rows), "ShopifyCacheSlot", "ShopifyPayloadHistory"])
          await pool.query(`DELETE FROM "${table === "gatewaysSeen" ? "ShopifyOrderCache" : table}"`);
      }
      const [first] = ends as { rows: Record<string, unknown[]> }[];
      expect(first!.rows["Order"]).toMatchObject([
        { paymentMethod: "COD", note: "newer", amountToCollect: "150.00" },
      ]);
      expect(first!.rows["gatewaysSeen"]).toMatchObject([
        { gatewaysSeen: ["Cash on Delivery (COD)", "Razorpay"] },
      ]);
      for (const end of ends) expect(end).toMatchObject({ rows: first!.rows });
    },
  );
});

describe("S11: a bulk dump comes over a COD order with refunds and two parcels that webhooks told", () => {
  const told: OrderState = {
    lines: [
      { id: "11", qty: 2, currentQty: 1 },
      { id: "12", qty: 2 },
    ],
    at: at(1),
    currentTotal: "300.00",
    gateways: ["Razorpay", "Cash on Delivery (COD)"],
    financialStatus: "PARTIALLY_REFUNDED",
    outstanding: "200.00",
    parcels: [
      { id: "501", lines: { 11: 1, 12: 1 }, awb: "AWB1", carrier: "DELIVERED" },
      { id: "502", lines: { 11: 1 }, awb: "AWB2", carrier: "IN_TRANSIT" },
    ],
    refunds: [
      {
        id: "701",
        amount: "100.00",
        lines: [{ lineId: "11", qty: 1, restock: "RETURN", subtotal: "100.00" }],
      },
    ],
  };
  const dump: OrderState = { ...told, at: at(5), gateways: ["Razorpay"], note: "from the dump" };

  test.for([
    ["the dump is newer", [["rest", told], "process", ["bulk", dump], "process"]],
    ["the dump is newer, nothing was processed before", [["rest", told], ["bulk", dump], "process"]],
    ["the dump came first", [["bulk", dump], "process", ["rest", told], "process"]],
    [
      "the dump is of the same instant",
      [["rest", told], "process", ["bulk", { ...dump, at: at(1) }], "process"],
    ],
  ] as [string, ("process" | [Shape, OrderState])[]][])(
    "S11: %s: it stays COD, and the refund's lines and both parcels stay",
    async ([, steps], { database: { pool } }) => {
      await stockCatalogue(pool);
      for (const step of steps)
        if (step === "process") await processOrders(pool);
        else await tell(pool, step[1], { as: step[0] });

      expect(await theOrder(pool)).toMatchObject({
        paymentMethod: "COD",
        note: "from the dump",
        refundedAmount: "100.00",
        moneyDifference: "0.00",
        currentMoneyDifference: "0.00",
      });
      expect(await rowsOf(pool, "OrderCharge", `kind, "shopifyLineId", amount`)).toEqual([
        { kind: "item", shopifyLineId: "11", amount: "200.00" },
        { kind: "item", shopifyLineId: "12", amount: "200.00" },
        { kind: "refund_item", shopifyLineId: "11", amount: "-100.00" },
      ]);
      expect(await rowsOf(pool, "ParcelLine", `"parcelId", "shopifyLineId", qty`)).toEqual([
        { parcelId: "501", shopifyLineId: "11", qty: 1 },
        { parcelId: "501", shopifyLineId: "12", qty: 1 },
        { parcelId: "502", shopifyLineId: "11", qty: 1 },
      ]);
      expect(await rowsOf(pool, "Parcel", `id, state, "awbNumber", "linesKnown"`)).toEqual([
        { id: "501", state: "delivered", awbNumber: "AWB1", linesKnown: true },
        { id: "502", state: "in_transit", awbNumber: "AWB2", linesKnown: true },
      ]);
      expect(await rowsOf(pool, "OrderLine", `"shippedQty", "deliveredQty", "refundedQty"`)).toEqual([
        { shippedQty: 2, deliveredQty: 1, refundedQty: 1 },
        { shippedQty: 1, deliveredQty: 1, refundedQty: 0 },
      ]);
    },
  );
});
