import { expect } from "vitest";
import { bookRemittance } from "#app/erp/actions/book-remittance.server.ts";
import { settleRemittance } from "#app/erp/actions/settle-remittance.server.ts";
import { listOutbox } from "#app/writeback/list-outbox.server.ts";
import { later, sendingTest as test, type ShopThatSends } from "#tests/setup/a-shop-that-sends.ts";

const nodeOf = (at: ShopThatSends, id: string) =>
  at.store.node(`gid://shopify/Order/${id}`) as Record<string, unknown>;

test("an order cancelled in the ERP is cancelled in Shopify once its job has ended, and its webhook changes nothing", async ({
  sending,
}) => {
  const at = await sending({ jobDelayMs: 700 });
  const { id } = await at.anOpenOrder();
  await at.act(id, { action: "cancel", reason: "CUSTOMER" });
  await at.send();
  while ((await at.send(later)).taken > 0);
  expect(await at.outbox()).toEqual([{ kind: "orderCancel", status: "sent", errorCode: null, error: null }]);
  expect(nodeOf(at, id)["cancelledAt"]).not.toBeNull();
  await at.hear();
  const [order] = await at.rows(`select status from "Order" where shop = $1 and "shopifyOrderId" = $2`, [id]);
  expect(order).toEqual({ status: "cancelled" });
});

test("a cancellation whose answer is lost is asked for once, though its job takes long", async ({
  sending,
}) => {
  const at = await sending({ jobDelayMs: 60_000 });
  const { id } = await at.anOpenOrder();
  await at.act(id, { action: "cancel" });
  at.simulator.faults.add({ kind: "answer-lost", count: 1, operation: "orderCancel" });
  const began = Date.now();
  const sinceThen = (minutes: number) => () => new Date(began + minutes * 60_000);
  for (const minutes of [0, 3, 9]) await at.send(sinceThen(minutes));
  expect(await at.outbox()).toMatchObject([{ kind: "orderCancel", status: "waiting" }]);
  // What its job does in the end.
  at.simulator.act({ act: "cancelOrder", order: `gid://shopify/Order/${id}` });
  await at.send(sinceThen(11));
  expect(await at.outbox()).toMatchObject([{ kind: "orderCancel", status: "sent" }]);
  expect(at.asked().filter((field) => field === "orderCancel")).toHaveLength(1);
});

test("cancelled in Shopify meanwhile: nothing is sent", async ({ sending }) => {
  const at = await sending();
  const { id } = await at.anOpenOrder();
  await at.act(id, { action: "cancel" });
  at.simulator.act({ act: "cancelOrder", order: `gid://shopify/Order/${id}` });
  await at.send();
  expect(await at.outbox()).toMatchObject([{ kind: "orderCancel", status: "already" }]);
  expect(at.asked()).not.toContain("orderCancel");
  const { rows } = await listOutbox(at.pool, { shop: at.shop, limit: 10, orderId: id, now: new Date() });
  expect(rows).toMatchObject([
    { words: "cancel the order", said: "Shopify has the order as cancelled.", next: null },
  ]);
});

test.for(["heard", "lost"] as const)(
  "units cancelled are taken off once, the answer %s",
  async (answer, { sending }) => {
    const at = await sending();
    const { id, lines } = await at.anOpenOrder(2);
    const line = lines.find(({ qty }) => qty > 1) ?? lines[0];
    if (!line) throw new Error("an order without lines");
    await at.act(id, { action: "cancel", lines: [{ lineId: line.lineId, qty: 1 }] });
    if (answer === "lost")
      at.simulator.faults.add({ kind: "answer-lost", count: 1, operation: "orderEditCommit" });
    await at.send();
    if (answer === "lost") {
      expect(await at.outbox()).toMatchObject([{ status: "waiting", errorCode: "SHOPIFY_UNREACHABLE" }]);
      await at.hear();
      await at.send(later);
    }
    expect(await at.outbox()).toEqual([{ kind: "orderEdit", status: "sent", errorCode: null, error: null }]);
    await at.hear();
    const [row] = await at.rows(
      `select "cancelledQty" from "OrderLine" where shop = $1 and "shopifyOrderId" = $2 and "shopifyLineId" = $3`,
      [id, line.lineId],
    );
    expect(row).toEqual({ cancelledQty: 1 });
    const lineNode = at.store.node(`gid://shopify/LineItem/${line.lineId}`) as Record<string, unknown> | null;
    expect(lineNode?.["currentQuantity"]).toBe(line.qty - 1);
  },
);

test("a kind whose permission was taken away is not taken", async ({ sending }) => {
  const at = await sending();
  const { id } = await at.anOpenOrder();
  await at.rows(`update "Shop" set scopes = array_remove(scopes, 'write_orders') where shop = $1`);
  await at.act(id, { action: "cancel" });
  expect((await at.send()).taken).toBe(0);
  expect(await at.outbox()).toMatchObject([{ kind: "orderCancel", status: "waiting" }]);
});

test.for([
  ["all that is to be paid", "markAsPaid"],
  ["a part of it", "manual"],
] as const)(
  "money a person accepts from the queue, %s: booked in Shopify once, and collected no more",
  async ([, kind], { sending }) => {
    const at = await sending({ shopifyPlus: true });
    const [cod] = await at.rows<{ id: string; due: string }>(
      `select "shopifyOrderId" as id, "amountToCollect"::text as due from "Order"
     where shop = $1 and status = 'open' and "paymentMethod" = 'COD' and "amountToCollect" > 2 and not test order by 1 limit 1`,
    );
    if (!cod) throw new Error("the store has no open COD order");
    const amount = kind === "markAsPaid" ? cod.due : "1.00";
    // Nobody knows the AWB it came for: a person says which order it is of, and the fact and the wish come of that in one.
    const { pool, shop } = at;
    const who = { shop, actor: "Ravi", now: new Date() };
    const entry = { awbNumber: "AWB-1", amount, deduction: "0", reference: "UTR1", date: "2026-11-25" };
    const { entries } = await bookRemittance(pool, { ...who, entries: [entry] });
    expect(entries).toMatchObject([{ status: "queued", problem: "unknown_awb" }]);
    const id = entries[0]?.id ?? "";
    await settleRemittance(pool, { ...who, id, decision: "accept", orderId: cod.id });
    at.simulator.faults.add({
      ...{ kind: "answer-lost", count: 1 },
      operation: kind === "markAsPaid" ? "orderMarkAsPaid" : "orderCreateManualPayment",
    });
    await at.send();
    await at.hear();
    await at.send(later);
    expect(await at.outbox()).toMatchObject([{ kind: "orderMarkAsPaid", status: "sent" }]);
    await at.hear();
    const [left] = await at.rows(
      `select ("amountToCollect" - $3::numeric + $4::numeric)::float8 as differs, (select count(*)::int from "ErpFact" f
       where f.shop = o.shop and f.kind = 'receipt_written_back') as told
     from "Order" o where shop = $1 and "shopifyOrderId" = $2`,
      [cod.id, cod.due, amount],
    );
    expect(left).toEqual({ differs: 0, told: 1 });
  },
);
