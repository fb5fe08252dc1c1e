import type { Pool } from "pg";
import { describe, expect } from "vitest";
import { ordersInTheErp } from "#tests/fixtures/an-order-in-the-erp.ts";
import type { OrderSketch } from "#tests/fixtures/an-order.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { bookRemittance } from "./book-remittance.server.ts";
import { OrderAction } from "./order-action.ts";
import { performOrderAction } from "./perform-order-action.server.ts";
import { RemittanceEntry } from "./remittance.ts";
import { settleRemittance } from "./settle-remittance.server.ts";

const shop = "kurta-house.myshopify.com";
const now = new Date("2026-11-22T10:00:00Z");

/** COD orders, each of one unit, handed over under one AWB and delivered: id → what is to be collected. */
async function delivered(
  pool: Pool,
  awbNumber: string,
  orders: Readonly<Record<string, string>>,
): Promise<void> {
  const sketches = Object.entries(orders).map(([id, total]): OrderSketch => ({
    ...{ id, total },
    lines: [{ id: `5${id}`, price: total, variantId: "90" }],
  }));
  await ordersInTheErp(pool, { shop, orders: sketches, now });
  for (const orderId of Object.keys(orders))
    for (const asked of [
      { action: "pick" },
      { action: "pack" },
      { action: "hand_over", parcelId: `P${orderId}`, awbNumber },
      { action: "deliver", parcelId: `P${orderId}` },
    ])
      await performOrderAction(pool, { shop, orderId, actor: "Ravi", now, action: OrderAction.parse(asked) });
  await pool.query(`delete from "Outbox"`);
}

const entry = (more: Partial<RemittanceEntry> = {}) =>
  RemittanceEntry.parse({
    awbNumber: "AWB-1",
    amount: "180.00",
    deduction: "20",
    reference: "UTR1",
    date: "2026-11-20",
    ...more,
  });
const book = (pool: Pool, ...entries: RemittanceEntry[]) =>
  bookRemittance(pool, { shop, entries, actor: "Asha", now });
const rows = async (pool: Pool, sql: string) => (await pool.query<Record<string, unknown>>(sql)).rows;
const receipts = (pool: Pool) =>
  rows(
    pool,
    `select "shopifyOrderId" as id, "parcelId", details->>'amount' as amount from "ErpFact" where kind = 'receipt' order by 1`,
  );
const statuses = (pool: Pool) =>
  rows(pool, `select status, problem from "Remittance" order by "createdAt", amount, copy`);

describe("what a courier paid out for an AWB", () => {
  test("is booked with what it kept, and Shopify is to hear of all of it", async ({ database: { pool } }) => {
    await delivered(pool, "awb 1", { "1001": "200.00" });
    const done = await book(pool, entry());
    expect(done).toEqual({
      ...{ booked: 1, already: 0, queued: 0 },
      entries: [
        { id: expect.any(String), status: "booked", problem: null, words: "200.00 INR of AWB-1 booked" },
      ],
    });
    expect(await receipts(pool)).toEqual([{ id: "1001", parcelId: "P1001", amount: "200.00" }]);
    expect(await rows(pool, `select "amountToCollect" from "Order"`)).toEqual([{ amountToCollect: "0.00" }]);
    expect(await rows(pool, `select kind, "entityId", payload from "Outbox"`)).toEqual([
      {
        ...{ kind: "orderMarkAsPaid", entityId: "1001" },
        payload: { receiptId: done.entries[0]?.id, amount: "200.00", currency: "INR" },
      },
    ]);
  });

  test("of several orders is apportioned to what each was to collect", async ({ database: { pool } }) => {
    await delivered(pool, "AWB1", { "1001": "33.33", "1002": "66.67", "1003": "100.00" });
    expect(await book(pool, entry())).toMatchObject({ booked: 1 });
    expect((await receipts(pool)).map(({ amount }) => amount)).toEqual(["33.33", "66.67", "100.00"]);
    expect(await rows(pool, `select distinct "amountToCollect" from "Order"`)).toEqual([
      { amountToCollect: "0.00" },
    ]);
  });

  test("is booked once, however often and by whomever it is sent", async ({ database: { pool } }) => {
    await delivered(pool, "AWB1", { "1001": "200.00" });
    const at = await Promise.all([
      book(pool, entry()),
      book(pool, entry({ amount: "180" })),
      book(pool, entry()),
    ]);
    expect(at.map(({ booked }) => booked).toSorted()).toEqual([0, 0, 1]);
    expect(await book(pool, entry())).toMatchObject({ booked: 0, already: 1, queued: 0 });
    expect(await receipts(pool)).toHaveLength(1);
  });

  test("goes on where a call was cut when it is sent again; nothing goes on behind the caller's back", async ({
    database: { pool },
  }) => {
    await delivered(pool, "AWB1", { "1001": "200.00" });
    // Several are booked at a time: so many that the others are not all done before the cut is known.
    const many = Array.from({ length: 80 }, (_, i) => entry({ awbNumber: `NONE${String(i)}` }));
    const file = [many[0]!, entry({ awbNumber: "STOP" }), entry(), ...many.slice(1)];
    await pool.query(`alter table "Remittance" add constraint cut check ("awbKey" <> 'STOP')`);
    await expect(book(pool, ...file)).rejects.toThrow(/cut/);
    const { rows: before } = await pool.query(`select from "Remittance"`);
    expect(before.length).toBeLessThan(file.length - 1);
    await pool.query(`alter table "Remittance" drop constraint cut`);
    expect((await pool.query(`select from "Remittance"`)).rowCount).toBe(before.length);
    const again = await book(pool, ...file);
    expect(again.already).toBe(before.length);
    expect(again.booked + again.queued + again.already).toBe(file.length);
    expect((await pool.query(`select from "Remittance"`)).rowCount).toBe(file.length);
    expect(await receipts(pool)).toHaveLength(1);
  });

  test("in another currency than the order's is never booked by its number", async ({
    database: { pool },
  }) => {
    await delivered(pool, "AWB1", { "1001": "200.00" });
    const done = await book(pool, entry({ currency: "USD" }));
    expect(done.entries).toMatchObject([
      { problem: "other_currency", words: "180.00 USD was paid out, but INR is to be collected" },
    ]);
    const id = done.entries[0]?.id ?? "";
    const settle = { shop, id, actor: "Asha", now };
    await expect(settleRemittance(pool, { ...settle, decision: "accept" })).rejects.toMatchObject({
      ...{ code: "ACTION_NOT_ALLOWED", next: expect.stringMatching(/^Dismiss it/) as string },
    });
    await settleRemittance(pool, { ...settle, decision: "dismiss" });
    expect(await book(pool, entry({ currency: "INR", reference: "UTR2" }))).toMatchObject({ booked: 1 });
  });

  test("may come in parts, under references of their own", async ({ database: { pool } }) => {
    await delivered(pool, "AWB1", { "1001": "200.00" });
    const first = entry({ amount: "150", deduction: "0", reference: "A" });
    const { entries } = await book(pool, first);
    // A part is not what the label said: a person says that it is right. The rest then is.
    await settleRemittance(pool, { shop, id: entries[0]?.id ?? "", decision: "accept", actor: "Asha", now });
    expect(await book(pool, entry({ amount: "50", deduction: "0", reference: "B" }))).toMatchObject({
      booked: 1,
    });
    expect(await rows(pool, `select "amountToCollect" from "Order"`)).toEqual([{ amountToCollect: "0.00" }]);
  });
});

describe("the queue of differences", () => {
  test("takes what is unknown, used before, or another amount, and books nothing of it", async ({
    database: { pool },
  }) => {
    await delivered(pool, "AWB1", { "1001": "200.00" });
    const { entries } = await book(
      pool,
      entry({ awbNumber: "NOBODY" }),
      entry({ amount: "100.00" }),
      entry({ reference: "UTR2" }),
      entry({ reference: "UTR2" }),
      entry({ reference: "UTR2", amount: "1.00" }),
      entry({ reference: "UTR3", amount: "1.001" }),
    );
    expect(entries.map(({ status, problem, words }) => [status, problem, words])).toEqual([
      ["queued", "unknown_awb", "No parcel that left has the AWB NOBODY"],
      ["queued", "amount_differs", "120.00 INR was collected, but 200.00 INR was left to collect"],
      ["booked", null, "200.00 INR of AWB-1 booked"],
      ["queued", "reference_used", "UTR2 was paid out for AWB-1 before"],
      ["queued", "reference_used", "UTR2 was paid out for AWB-1 before"],
      ["queued", "not_an_amount", "1.001 INR has more than 2 decimals"],
    ]);
    expect(await receipts(pool)).toHaveLength(1);
    // Amounts that a float cannot tell apart are two.
    const [one, other] = ["1", "2"].map((end) =>
      entry({ awbNumber: "BIG", amount: `999999999999.00000${end}` }),
    );
    await book(pool, one!, other!);
    expect(await book(pool, other!)).toMatchObject({ already: 1, queued: 0 });
    // The same file again finds each of its lines.
    const again = await book(
      pool,
      entry({ awbNumber: "NOBODY" }),
      entry({ reference: "UTR2" }),
      entry({ reference: "UTR2" }),
    );
    expect(again).toMatchObject({ booked: 0, already: 3, queued: 0 });
  });

  test("is settled once: booked as it came, or left", async ({ database: { pool } }) => {
    await delivered(pool, "AWB1", { "1001": "50.00", "1002": "150.00" });
    const { entries } = await book(
      pool,
      entry({ amount: "80.00" }),
      entry({ reference: "UTR9", amount: "7" }),
    );
    const settle = (i: number, decision: "accept" | "dismiss") =>
      settleRemittance(pool, { shop, id: entries[i]?.id ?? "", decision, actor: "Asha", now });
    expect(await settle(0, "accept")).toEqual({
      words: "100.00 INR of AWB-1 booked",
      intentIds: [expect.any(String), expect.any(String)],
    });
    expect((await receipts(pool)).map(({ amount }) => amount)).toEqual(["25.00", "75.00"]);
    expect(await settle(1, "dismiss")).toEqual({ words: "AWB-1: left unbooked", intentIds: [] });
    await expect(settle(0, "accept")).rejects.toMatchObject({ code: "ACTION_NOT_ALLOWED" });
    expect(await statuses(pool)).toEqual([
      { status: "dismissed", problem: "amount_differs" },
      { status: "accepted", problem: "amount_differs" },
    ]);
    expect(await rows(pool, `select distinct "settledBy", "settledAt" from "Remittance"`)).toEqual([
      { settledBy: "Asha", settledAt: now },
    ]);
    expect(
      (await rows(pool, `select action from "AuditLog" where action like 'remittance.%' order by id`)).map(
        ({ action }) => action,
      ),
    ).toEqual(["remittance.accept", "remittance.dismiss"]);
  });

  test("with decimals that its currency has not is to be booked as one that has them", async ({
    database: { pool },
  }) => {
    await delivered(pool, "AWB1", { "1001": "200.00" });
    const { entries } = await book(pool, entry({ amount: "199.995" }));
    const accepted = settleRemittance(pool, {
      ...{ shop, id: entries[0]?.id ?? "", decision: "accept", actor: "Asha", now },
    });
    await expect(accepted).rejects.toMatchObject({
      message: expect.stringContaining("has more than 2 decimals") as string,
      next: "Dismiss it, and book what was paid out as an amount of the orders' currency.",
    });
  });

  test("of an unknown AWB is booked on the order a person names, of this shop only", async ({
    database: { pool },
  }) => {
    await delivered(pool, "AWB1", { "1001": "200.00" });
    const { entries } = await book(pool, entry({ awbNumber: "TYPO" }));
    const accept = (more: { orderId?: string; shop?: string }) =>
      settleRemittance(pool, {
        shop,
        id: entries[0]?.id ?? "",
        decision: "accept",
        actor: "Asha",
        now,
        ...more,
      });
    await expect(accept({})).rejects.toMatchObject({ code: "ACTION_NOT_ALLOWED" });
    await expect(accept({ orderId: "9" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(accept({ shop: "other.myshopify.com", orderId: "1001" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await accept({ orderId: "1001" })).toMatchObject({ words: "200.00 INR of TYPO booked" });
    expect(await receipts(pool)).toEqual([{ id: "1001", parcelId: null, amount: "200.00" }]);
    expect(await rows(pool, `select "amountToCollect" from "Order"`)).toEqual([{ amountToCollect: "0.00" }]);
  });

  test("takes what is of another shop's AWB as unknown", async ({ database: { pool } }) => {
    await delivered(pool, "AWB1", { "1001": "200.00" });
    const { entries } = await bookRemittance(pool, {
      shop: "other.myshopify.com",
      entries: [entry()],
      actor: "Asha",
      now,
    });
    expect(entries[0]?.problem).toBe("unknown_awb");
    expect(await receipts(pool)).toEqual([]);
  });
});
