/** Money of an order in two parcels, as couriers pay it out: what is collected from the customer, and what Shopify is told. */
import { expect } from "vitest";
import { bookRemittance } from "#app/erp/actions/book-remittance.server.ts";
import { idFromGid } from "#app/lib/gid.ts";
import { listOutbox } from "#app/writeback/list-outbox.server.ts";
import { readNodes, readText } from "#simulator/store/read-record.ts";
import { later, sendingTest as test, type ShopThatSends } from "#tests/setup/a-shop-that-sends.ts";

/** An order of two lines that is paid on delivery, the first in a parcel that has left, the other packed. */
async function inTwoParcels(at: ShopThatSends, more: { shipping?: string } = {}) {
  const variants = at.store.collection("productVariants");
  const lines = [1, 2].map((quantity) => ({ variant: variants?.at(quantity).id ?? "", quantity }));
  const gid = at.simulator.act({ act: "placeOrder", lines, payment: "pending", ...more }).id;
  await at.hear();
  const id = idFromGid(gid);
  const [first] = await at.rows<{ lineId: string }>(
    `select "shopifyLineId" as "lineId" from "OrderLine" where shop = $1 and "shopifyOrderId" = $2 order by position`,
    [id],
  );
  const awbs = { first: `ONE${id}`, second: `TWO${id}` };
  const own = { lines: [{ lineId: first?.lineId, qty: 1 }] };
  for (const action of ["pick", "pack"]) await at.act(id, { action, ...own });
  await at.act(id, { action: "hand_over", awbNumber: awbs.first });
  for (const action of ["pick", "pack"]) await at.act(id, { action });
  const due = async (awb: string) => {
    const [parcel] = await at.rows<{ due: string }>(
      `select "amountToCollect"::text as due from "Parcel" where shop = $1 and "awbNumber" = $2`,
      [awb],
    );
    return parcel?.due ?? "";
  };
  const told = async () => {
    while ((await at.send(later)).taken > 0);
    await at.hear();
  };
  await told();
  return {
    ...{ id, gid, awbs, due, told },
    /** What a label of what is packed says when it is printed now. */
    async label() {
      return (await at.act(id, { action: "relabel" })).words.replace(/.*collect /, "");
    },
    handOver: () => at.act(id, { action: "hand_over", awbNumber: awbs.second }),
    /** A courier pays out what a parcel was to collect. */
    async remit(awbNumber: string) {
      const entry = {
        awbNumber,
        amount: await due(awbNumber),
        deduction: "0",
        reference: `UTR-${awbNumber}`,
      };
      const { entries } = await bookRemittance(at.pool, {
        ...{ shop: at.shop, actor: "Ravi", now: new Date() },
        entries: [{ ...entry, date: "2026-11-26" }],
      });
      expect(entries).toMatchObject([{ status: "booked" }]);
      return entry.amount;
    },
    /** Its payments as the page shows them, the oldest first: how they stand, and why. */
    async payments() {
      const { rows } = await listOutbox(at.pool, {
        ...{ shop: at.shop, limit: 10, orderId: id, kinds: ["orderMarkAsPaid"], now: new Date() },
      });
      return rows.toReversed().map(({ status, error, said }) => `${status}: ${error ?? said ?? ""}`);
    },
    async others() {
      return at.rows(
        `select kind, status from "Outbox" where shop = $1 and "entityId" = $2 and kind <> 'orderMarkAsPaid' and status <> 'sent'`,
        [id],
      );
    },
    /** By each side: what is to be paid in Shopify, what the ERP still collects, and how many receipts it knows to be told. */
    async money() {
      const node = at.store.node(gid) ?? undefined;
      const [erp] = await at.rows<{ collect: string; told: number }>(
        `select "amountToCollect"::text as collect, (select count(*)::int from "ErpFact" f where f.shop = o.shop
             and f."shopifyOrderId" = o."shopifyOrderId" and f.kind = 'receipt_written_back') as told
           from "Order" o where shop = $1 and "shopifyOrderId" = $2`,
        [id],
      );
      return { shopify: readText(node?.["totalOutstandingSet"], "presentmentMoney", "amount"), ...erp };
    },
    paidInShopify: () =>
      readNodes(at.store.node(gid) ?? {}, "transactions").flatMap((one) =>
        readText(one["status"]) === "SUCCESS" ? readText(one, "amountSet", "presentmentMoney", "amount") : [],
      ),
  };
}

const PART =
  /^dropped: Shopify takes no part of a payment .* 2549\.50 INR of 7648\.50 INR so far\. If you book this part in Shopify yourself/;

test("of two parcels' money in a shop that is not on Plus: a part holds nothing back, all of it is told at once; booked by hand, it is subtracted once (W24, W26)", async ({
  sending,
}) => {
  const at = await sending();

  const whole = await inTwoParcels(at);
  expect(await whole.label()).toBe("5099.00 INR");
  expect(await whole.remit(whole.awbs.first)).toBe("2549.50");
  await whole.handOver();
  await whole.told();
  expect(await whole.payments()).toEqual([expect.stringMatching(PART)]);
  expect(await whole.others()).toEqual([]);
  expect(await whole.money()).toEqual({ shopify: "7648.5", collect: "5099.00", told: 0 });
  expect(await whole.remit(whole.awbs.second)).toBe("5099.00");
  await whole.told();
  expect(await whole.money()).toEqual({ shopify: "0.0", collect: "0.00", told: 2 });
  expect(await whole.payments()).toEqual([
    "already: Shopify knows of it together with a later receipt of the order.",
    "sent: Shopify has booked 7648.50 INR.",
  ]);
  expect(whole.paidInShopify()).toEqual(["7648.5"]);

  // A person books the part in Shopify, and says so here; or leaves it, and Shopify is told of all of it in the end.
  for (const word of ["booked", "send_again", "drop"] as const) {
    const order = await inTwoParcels(at);
    await order.remit(order.awbs.first);
    if (word === "drop") await at.settle("drop");
    await order.told();
    if (word !== "drop") {
      const byHand = { amount: "2549.50", method: "Cash" };
      at.simulator.act({ act: "payOrder", order: order.gid, ...byHand });
      await order.told();
      await at.settle(word);
      await order.told();
    }
    expect([word, await order.label()]).toEqual([word, "5099.00 INR"]);
    await order.handOver();
    expect(await order.money()).toMatchObject({ collect: "5099.00", told: word === "drop" ? 0 : 1 });
    expect([word, await order.payments()]).toEqual([
      word,
      {
        booked: ["already: It is booked in Shopify, as a person said."],
        send_again: ["already: 2549.50 INR was booked in Shopify by hand."],
        drop: ["dropped: "],
      }[word],
    ]);
    await order.remit(order.awbs.second);
    await order.told();
    expect(await order.money()).toEqual({ shopify: "0.0", collect: "0.00", told: 2 });
    expect(order.paidInShopify()).toEqual(word === "drop" ? ["7648.5"] : ["2549.5", "5099.0"]);
  }
});

test("rupees rounded: what the labels said is all of it, and the rounding is said (W25)", async ({
  sending,
}) => {
  const at = await sending({ shopifyPlus: true });
  for (const [round, first, second, off] of [
    ["up", "2550.00", "5099.00", "0.50"],
    ["down", "2549.00", "5099.00", "-0.50"],
  ] as const) {
    await at.rows(
      `update "Shop" set settings = jsonb_set(settings, '{roundRupees}', to_jsonb($2::text)) where shop = $1`,
      [round],
    );
    const order = await inTwoParcels(at);
    expect(await order.remit(order.awbs.first)).toBe(first);
    await order.told();
    expect(await order.label()).toBe(`${second} INR`);
    await order.handOver();
    expect(await order.remit(order.awbs.second)).toBe(second);
    await order.told();
    expect(await order.money()).toEqual({ shopify: "0.0", collect: "0.00", told: 2 });
    const [, last] = await order.payments();
    expect(last).toContain("the difference of 0.50 INR is the rounding to whole rupees");
    const facts = await at.rows(
      `select details->>'rounding' as off from "ErpFact" where shop = $1 and "shopifyOrderId" = $2 and details ? 'rounding'`,
      [order.id],
    );
    expect(facts).toEqual([{ off }]);
  }
});

test("what is taken off an order whose first parcel is on the road leaves its label as it is: its money is no difference, and the rest asks for the rest (W31)", async ({
  sending,
}) => {
  const at = await sending();
  const order = await inTwoParcels(at, { shipping: "60.00" });
  const label = await order.due(order.awbs.first);
  const [, second] = await at.rows<{ lineId: string }>(
    `select "shopifyLineId" as "lineId" from "OrderLine" where shop = $1 and "shopifyOrderId" = $2 order by position`,
    [order.id],
  );
  await at.act(order.id, { action: "unpack" });
  await at.act(order.id, { action: "cancel", lines: [{ lineId: second?.lineId, qty: 1 }] });
  for (const told of [false, true]) {
    if (told) await order.told();
    expect(await order.due(order.awbs.first)).toBe(label);
    const { collect, shopify } = await order.money();
    if (told) expect(Number(collect)).toBe(Number(shopify));
  }
  expect(await order.remit(order.awbs.first)).toBe(label);
  await at.act(order.id, { action: "pack" });
  await order.handOver();
  const { shopify } = await order.money();
  expect(Number(await order.due(order.awbs.second)) + Number(label)).toBeCloseTo(Number(shopify), 2);
  await order.remit(order.awbs.second);
  await order.told();
  expect(await order.money()).toEqual({ shopify: "0.0", collect: "0.00", told: 2 });
});
