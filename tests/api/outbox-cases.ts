import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { otherShop, type TestApi } from "./an-api.ts";
import type { EndpointCases } from "./endpoint-cases.ts";

type Page = { items: { id: string; status: string; words: string }[]; next: string | null };

/** An update that Shopify refused, of an order in Shopify that nobody else here acts on. */
async function aRefusal({ pool }: Pick<TestApi, "pool">, shop: string): Promise<string> {
  const id = randomUUID();
  await pool.query(
    `insert into "Outbox" (shop, id, kind, entity, "entityId", payload, "idempotencyKey", status, attempts, "errorCode", error, answer)
     values ($1, $2, 'orderMarkAsPaid', 'order', '424242', $3, $2, 'refused', 1, 'WRITE_BACK_REFUSED', 'Order cannot be paid', '{"next": "Pay it there."}')`,
    [shop, id, { receiptId: "r", amount: shop === otherShop ? "99.90" : "10.00", currency: "INR" }],
  );
  return id;
}

const settle = (id: string) => `/api/outbox/${id}/settle`;

export const outboxCases: EndpointCases = {
  listOutbox: {
    may: "read",
    good: async (api) => {
      await aRefusal(api, api.shop);
      await aRefusal(api, api.shop);
      await aRefusal(api, otherShop);
      return { path: "/api/outbox?status=refused&orderId=424242&limit=1" };
    },
    expectGood: async (answer, api) => {
      const ids: string[] = [];
      let page = answer.body as Page;
      for (;;) {
        ids.push(...page.items.map(({ id }) => id));
        for (const { words } of page.items) expect(words).toBe("book 10.00 INR as paid");
        if (page.next === null) break;
        const path = `/api/outbox?status=refused&orderId=424242&limit=1&after=${page.next}`;
        page = (await api.call({ method: "GET", path, as: "read" })).body as Page;
      }
      const { rows } = await api.pool.query<{ id: string }>(
        `select id from "Outbox" where shop = $1 and status = 'refused' and "entityId" = '424242' order by "createdAt" desc, id desc`,
        [api.shop],
      );
      expect(rows.length).toBeGreaterThan(1);
      expect(ids).toEqual(rows.map(({ id }) => id));
      const none = await api.call({ method: "GET", path: "/api/outbox?search=%23nobodys", as: "read" });
      expect(none.body).toEqual({ items: [], next: null });
    },
    bad: [
      { path: "/api/outbox?status=open", status: 422, names: "status" },
      { path: "/api/outbox?kind=refund", status: 422, names: "kind" },
      { path: "/api/outbox?orderId=%231001", status: 422, names: "orderId" },
      { path: "/api/outbox?search=%00", status: 422, names: "search" },
      { path: "/api/outbox?after=nonsense", status: 422, names: "after" },
      { path: "/api/outbox?awb=1", status: 422, names: "awb" },
    ],
    foreign: "listed",
  },
  getOutboxUpdate: {
    may: "read",
    good: async (api) => ({ path: `/api/outbox/${await aRefusal(api, api.shop)}` }),
    expectGood: ({ body }) => {
      expect(body).toMatchObject({
        ...{ status: "refused", standing: "refused", conflict: null, stock: null },
        error: { code: "WRITE_BACK_REFUSED", text: "Order cannot be paid", next: "Pay it there." },
      });
    },
    bad: [
      { path: "/api/outbox/1", status: 422, names: "id" },
      { path: `/api/outbox/${randomUUID()}`, status: 404, names: "no update" },
    ],
    foreign: async (api) => ({ path: `/api/outbox/${await aRefusal(api, otherShop)}` }),
  },
  settleOutboxUpdate: {
    may: "erp",
    good: async (api) => ({
      path: settle(await aRefusal(api, api.shop)),
      body: { decision: "send_again" },
    }),
    expectGood: async ({ body }, api) => {
      // Its kind is off: sent again it waits, and says for what.
      expect(body).toMatchObject({ update: { status: "waiting", standing: "off", error: null } });
      const { id } = (body as { update: { id: string } }).update;
      const drop = () =>
        api.call({ method: "POST", path: settle(id), as: "erp", body: { decision: "drop" } });
      expect(await drop()).toMatchObject({ status: 200, body: { update: { status: "dropped" } } });
      expect(await drop()).toMatchObject({ status: 409, body: { error: { code: "ACTION_NOT_ALLOWED" } } });
      // Money that Shopify does not know: that it is booked there can still be said, and nothing more after that.
      const booked = () =>
        api.call({ method: "POST", path: settle(id), as: "erp", body: { decision: "booked" } });
      expect(await booked()).toMatchObject({
        ...{
          status: 200,
          body: { update: { status: "already", said: expect.stringContaining("booked") as string } },
        },
      });
      expect(await booked()).toMatchObject({ status: 409, body: { error: { code: "ACTION_NOT_ALLOWED" } } });
      await api.pool.query(
        `update "Outbox" set status = 'refused', kind = 'orderCancel' where shop = $1 and id = $2`,
        [api.shop, id],
      );
      expect(await booked()).toMatchObject({ status: 409, body: { error: { code: "ACTION_NOT_ALLOWED" } } });
    },
    bad: [
      { path: settle("1"), body: { decision: "drop" }, status: 422, names: "id" },
      { path: settle(randomUUID()), body: { decision: "drop" }, status: 404, names: "waits for Shopify" },
      { path: settle(randomUUID()), body: { decision: "later" }, status: 422, names: "decision" },
      { path: settle(randomUUID()), body: {}, status: 422, names: "decision" },
    ],
    foreign: async (api) => ({
      path: settle(await aRefusal(api, otherShop)),
      body: { decision: "drop" },
    }),
  },
};
