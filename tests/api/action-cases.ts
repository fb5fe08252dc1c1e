import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { otherShop, type CallAs, type TestApi } from "./an-api.ts";
import type { CaseRequest, EndpointCases } from "./endpoint-cases.ts";

type Units = { lineId: string; qty: number }[];
type Verdict = { action: string; target: object | null; ok: boolean; units: Units };

const actionsPath = (id: string) => `/api/erp/orders/${id}/actions`;

/** No order is history any more: nothing is done with those. */
async function beginToday({ pool }: TestApi): Promise<void> {
  await pool.query(
    `update "Shop" set "cutOverAt" = '2020-01-01' where "cutOverAt" is distinct from '2020-01-01'`,
  );
}

async function actionsOf(api: TestApi, id: string, as: CallAs): Promise<Verdict[]> {
  const { body } = await api.call({ method: "GET", path: actionsPath(id), as });
  return (body as { actions: Verdict[] }).actions;
}

/** An order of which something is here that can be worked on. */
async function anOpenOrder(api: TestApi): Promise<string> {
  await beginToday(api);
  const { rows } = await api.pool.query<{ id: string }>(
    `select "shopifyOrderId" as id from "Order" where shop = $1 and not test and "cancelledAt" is null order by 1`,
    [api.shop],
  );
  for (const { id } of rows)
    if ((await actionsOf(api, id, "read")).some(({ action, ok }) => ok && /^(de)?allocate$/.test(action)))
      return id;
  throw new Error("the store has no open order");
}

/** Goods go on the shelf and off again, so that it can be done any number of times. */
async function toAndFro(api: TestApi): Promise<CaseRequest> {
  const id = await anOpenOrder(api);
  const found = (await actionsOf(api, id, "read")).find(
    ({ action, ok }) => ok && /^(de)?allocate$/.test(action),
  );
  return { path: actionsPath(id), body: { action: found?.action, lines: found?.units } };
}

let copies = 0;
const entry = (awbNumber = `AWB-${String((copies += 1))}`) => ({
  ...{ awbNumber, amount: "1250.50", reference: "UTR\u0000 9", deduction: "20", date: "2026-11-22" },
});

/** One more than are taken at a time; without it they fit into a body. */
const tooMany = Array.from({ length: 251 }, () => ({ ...entry("1234567890123456"), currency: "INR" }));

/** A difference in a shop's queue. */
async function aDifference(api: TestApi, as: "erp" | "other shop"): Promise<string> {
  const answer = await api.call({
    method: "POST",
    path: "/api/erp/remittances",
    as,
    body: { entries: [entry()] },
  });
  const { entries } = answer.body as { entries: { id: string }[] };
  return entries[0]?.id ?? "";
}

async function aPlace({ pool }: TestApi, shop: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `select id from "Sku" where shop = $1 order by id limit 1`,
    [shop],
  );
  return `/api/erp/stock/${rows[0]?.id ?? ""}/7`;
}
const noPlace = `/api/erp/stock/${randomUUID()}/7`;
const badPlaces = (end: string, body: object) => [
  { path: `/api/erp/stock/1/7${end}`, body, status: 422, names: "skuId" },
  { path: `/api/erp/stock/${randomUUID()}/Pune%20West${end}`, body, status: 422, names: "locationId" },
  { path: `${noPlace}${end}`, body, status: 404, names: "no SKU" },
  { path: `${noPlace}${end}`, status: 422, names: /required|expected/i },
];

export const actionCases: EndpointCases = {
  listErpOrderActions: {
    may: "read",
    good: async (api) => ({ path: actionsPath(await anOpenOrder(api)) }),
    expectGood: ({ body }) => {
      const { actions } = body as {
        actions: (Verdict & { refused: { message: string; next: string } | null })[];
      };
      expect(actions.some(({ ok }) => ok)).toBe(true);
      for (const { ok, refused } of actions) expect(refused === null).toBe(ok);
    },
    bad: [
      { path: actionsPath("%231001"), status: 422, names: "id" },
      { path: actionsPath("99999"), status: 404, names: "no order 99999" },
    ],
    foreign: () => ({ path: actionsPath("1001") }),
  },
  performErpOrderAction: {
    may: "erp",
    good: toAndFro,
    expectGood: async ({ body }, api) => {
      const { words, order } = body as {
        words: string;
        order: { id: string; lines: { allocatedQty: number }[] };
      };
      const isThere = words.endsWith("allocated");
      expect(words).toMatch(/\d × .* (allocated|put back on the shelf)$/);
      expect(order.lines.some(({ allocatedQty }) => allocatedQty > 0)).toBe(isThere);
      // A second time it cannot be done, and says why.
      const again = { action: isThere ? "allocate" : "deallocate" };
      const refused = await api.call({ method: "POST", path: actionsPath(order.id), as: "erp", body: again });
      expect(refused).toMatchObject({
        status: 409,
        body: {
          error: { code: "ACTION_NOT_ALLOWED", message: expect.stringContaining("Nothing") as string },
        },
      });
    },
    bad: [
      { path: actionsPath("99999"), body: { action: "pick" }, status: 404, names: "no order 99999" },
      { path: actionsPath("99999"), body: { action: "fly" }, status: 422, names: "action" },
      { path: actionsPath("99999"), body: { action: "deliver" }, status: 422, names: "parcelId" },
      { path: actionsPath("99999"), body: { action: "pick", lines: [] }, status: 422, names: "lines" },
      {
        path: actionsPath("99999"),
        ...{
          body: { action: "pick", lines: [{ lineId: "1", qty: 0.5 }] },
          status: 422,
          names: "lines.0.qty",
        },
      },
      {
        path: actionsPath("99999"),
        body: { action: "cancel", refunds: true },
        status: 422,
        names: "refunds",
      },
      {
        path: actionsPath("99999"),
        ...{
          body: { action: "hand_over", trackingUrl: "javascript:alert(1)" },
          status: 422,
          names: "trackingUrl",
        },
      },
      {
        ...{ path: actionsPath("99999"), status: 422, names: "locationId" },
        body: { action: "hand_over", locationId: "Pune West" },
      },
      { path: actionsPath("99999"), body: "no JSON", status: 415, names: "JSON" },
      {
        ...{ path: actionsPath("99999"), body: { action: "pick" }, status: 422, names: "Idempotency-Key" },
        headers: { "Idempotency-Key": "x".repeat(201) },
      },
    ],
    foreign: async (api) => {
      await beginToday(api);
      const actions = await actionsOf(api, "1001", "other shop");
      const found = actions.find(
        ({ ok, target, action }) => ok && target === null && action !== "open_return",
      );
      return { path: actionsPath("1001"), body: { action: found?.action ?? "allocate" } };
    },
  },
  bookErpRemittances: {
    may: "erp",
    good: () => ({ path: "/api/erp/remittances", body: { entries: [entry(), entry()] } }),
    expectGood: async ({ body }, api) => {
      expect(body).toMatchObject({
        booked: 0,
        already: 0,
        queued: 2,
        entries: [{ problem: "unknown_awb" }, {}],
      });
      const same = { entries: [entry(`AWB-${String(copies)}`)] };
      const again = await api.call({ method: "POST", path: "/api/erp/remittances", as: "erp", body: same });
      expect(again.body).toMatchObject({ booked: 0, already: 1, queued: 0 });
    },
    bad: [
      { path: "/api/erp/remittances", body: { entries: [] }, status: 422, names: "entries" },
      { path: "/api/erp/remittances", body: entry("A"), status: 422, names: "entries" },
      { ...{ path: "/api/erp/remittances", status: 422, names: "entries" }, body: { entries: tooMany } },
      ...[
        { wrong: { amount: "1,250" }, names: "entries.0.amount" },
        { wrong: { amount: "-1" }, names: "entries.0.amount" },
        { wrong: { date: "22/11/2026" }, names: "entries.0.date" },
        { wrong: { awbNumber: " " }, names: "entries.0.awbNumber" },
        { wrong: { order: "1001" }, names: "order" },
      ].map(({ wrong, names }) => ({
        ...{ path: "/api/erp/remittances", status: 422, names },
        body: { entries: [{ ...entry("A"), ...wrong }] },
      })),
    ],
    foreign: "own",
  },
  listErpRemittances: {
    may: "read",
    good: async (api) => {
      await aDifference(api, "erp");
      await aDifference(api, "other shop");
      return { path: "/api/erp/remittances?status=open&limit=1" };
    },
    expectGood: async (answer, api) => {
      const ids: string[] = [];
      let page = answer.body as { items: { id: string; status: string }[]; next: string | null };
      for (;;) {
        ids.push(...page.items.map(({ id }) => id));
        for (const { status } of page.items) expect(status).toBe("open");
        if (page.next === null) break;
        const path = `/api/erp/remittances?status=open&limit=1&after=${page.next}`;
        page = (await api.call({ method: "GET", path, as: "read" })).body as typeof page;
      }
      const { rows } = await api.pool.query<{ id: string }>(
        `select id from "Remittance" where shop = $1 and status = 'open' order by "createdAt" desc, id desc`,
        [api.shop],
      );
      expect(ids).toEqual(rows.map(({ id }) => id));
    },
    bad: [
      { path: "/api/erp/remittances?status=queued", status: 422, names: "status" },
      { path: "/api/erp/remittances?problem=none", status: 422, names: "problem" },
      { path: "/api/erp/remittances?after=nonsense", status: 422, names: "after" },
      { path: "/api/erp/remittances?awb=1", status: 422, names: "awb" },
    ],
    foreign: "listed",
  },
  settleErpRemittance: {
    may: "erp",
    good: async (api) => ({
      path: `/api/erp/remittances/${await aDifference(api, "erp")}/settle`,
      body: { decision: "dismiss" },
    }),
    expectGood: async (_answer, api) => {
      const path = `/api/erp/remittances/${await aDifference(api, "erp")}/settle`;
      const refused = await api.call({ method: "POST", path, as: "erp", body: { decision: "accept" } });
      expect(refused).toMatchObject({ status: 409, body: { error: { code: "ACTION_NOT_ALLOWED" } } });
    },
    bad: [
      { path: "/api/erp/remittances/1/settle", body: { decision: "dismiss" }, status: 422, names: "id" },
      {
        path: `/api/erp/remittances/${randomUUID()}/settle`,
        ...{ body: { decision: "dismiss" }, status: 404, names: "no remittance" },
      },
      {
        path: `/api/erp/remittances/${randomUUID()}/settle`,
        ...{ body: { decision: "maybe" }, status: 422, names: "decision" },
      },
    ],
    foreign: async (api) => ({
      path: `/api/erp/remittances/${await aDifference(api, "other shop")}/settle`,
      body: { decision: "dismiss" },
    }),
  },
  setErpStock: {
    may: "erp",
    good: async (api) => ({ path: await aPlace(api, api.shop), body: { sellableQty: 12 } }),
    expectGood: ({ body }) => {
      expect(body).toMatchObject({ sellableQty: 12 });
    },
    bad: [
      ...badPlaces("", { sellableQty: 1 }),
      { path: noPlace, body: { sellableQty: -1 }, status: 422, names: "sellableQty" },
      { path: noPlace, body: { sellableQty: 1.5 }, status: 422, names: "sellableQty" },
    ],
    foreign: async (api) => ({ path: await aPlace(api, otherShop), body: { sellableQty: 3 } }),
  },
  adjustErpStock: {
    may: "erp",
    good: async (api) => ({ path: `${await aPlace(api, api.shop)}/adjust`, body: { by: 1 } }),
    expectGood: async (_answer, api) => {
      const path = `${await aPlace(api, api.shop)}/adjust`;
      const refused = await api.call({ method: "POST", path, as: "erp", body: { by: -1000 } });
      expect(refused).toMatchObject({ status: 409, body: { error: { code: "ACTION_NOT_ALLOWED" } } });
    },
    bad: [
      ...badPlaces("/adjust", { by: 1 }),
      { path: `${noPlace}/adjust`, body: { by: 0 }, status: 422, names: "by" },
    ],
    foreign: async (api) => ({ path: `${await aPlace(api, otherShop)}/adjust`, body: { by: 3 } }),
  },
  setErpSafetyStock: {
    may: "erp",
    good: async (api) => ({
      path: `${await aPlace(api, api.shop)}/safety-stock`,
      body: { safetyStockQty: 2 },
    }),
    expectGood: ({ body }) => {
      expect(body).toMatchObject({ safetyStockQty: 2 });
    },
    bad: [
      ...badPlaces("/safety-stock", { safetyStockQty: 1 }),
      { path: `${noPlace}/safety-stock`, body: { safetyStockQty: -1 }, status: 422, names: "safetyStockQty" },
    ],
    foreign: async (api) => ({
      path: `${await aPlace(api, otherShop)}/safety-stock`,
      body: { safetyStockQty: 3 },
    }),
  },
};
