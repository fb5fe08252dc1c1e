import { expect } from "vitest";
import { bringStock } from "#tests/fixtures/bring-stock.ts";
import { otherShop, type TestApi } from "./an-api.ts";
import type { EndpointCases } from "./endpoint-cases.ts";

const path = "/api/write-back";
const wish = ({ pool }: TestApi, shop: string) =>
  pool.query(
    `insert into "Outbox" (shop, id, kind, entity, "entityId", payload, "idempotencyKey")
     values ($1, gen_random_uuid()::text, 'orderCancel', 'order', '1', $2, gen_random_uuid()::text)`,
    [
      shop,
      {
        reason: "CUSTOMER",
        restock: false,
        refund: true,
        notifyCustomer: false,
        staffNote: "asked by phone",
      },
    ],
  );
const isOn = async ({ pool }: TestApi, shop: string) => {
  const { rows } = await pool.query<{ on: boolean | null }>(
    `select (settings->'writeBack'->>'orderCancel')::boolean as on from "Shop" where shop = $1`,
    [shop],
  );
  return rows[0]?.on ?? false;
};
const answers = expect.arrayContaining([
  { kind: "orderCancel", on: false, waiting: expect.any(Number) as number, missingScope: null },
]) as unknown[];

export const writeBackCases: EndpointCases = {
  listWriteBackKinds: {
    may: "read",
    good: async (api) => {
      await wish(api, otherShop);
      return { path };
    },
    expectGood: ({ body }) => {
      expect(body).toMatchObject({ kinds: answers });
    },
    bad: [{ path: `${path}?kind=orderCancel`, status: 422, names: "kind" }],
    foreign: "listed",
  },
  previewWriteBack: {
    may: "staff",
    good: async (api) => {
      await api.pool.query(`delete from "Outbox"`);
      await wish(api, api.shop);
      await wish(api, otherShop);
      return { path: `${path}/orderCancel/preview` };
    },
    expectGood: async ({ body }, api) => {
      expect(body).toMatchObject({
        preview: { waiting: 1, refunds: 1, messages: 0, examples: [{ refunds: true, notifies: false }] },
      });
      // Of stock it is the comparison in figures, and its id is what lets it be sent.
      const settings = (leads: string) =>
        api.pool.query(`update "Shop" set settings = settings || $2::jsonb where shop = $1`, [
          api.shop,
          JSON.stringify({ stock: { leads }, writeBack: {} }),
        ]);
      await settings("erp");
      const see = { method: "POST", path: `${path}/inventorySet/preview`, as: "session" } as const;
      expect(await api.call(see)).toMatchObject({ body: { error: { code: "STOCK_NOT_SYNCED" } } });
      await bringStock(api.pool, { shop: api.shop, items: 2, shopify: 4 });
      const seen = (await api.call(see)).body as { preview: { id: string; levels: number } };
      expect(seen.preview).toMatchObject({ kind: "inventorySet", missingScope: null });
      expect(seen.preview.levels).toBeGreaterThanOrEqual(2);
      const on = { method: "PUT", path: `${path}/inventorySet`, as: "session" } as const;
      expect(await api.call({ ...on, body: { on: true } })).toMatchObject({ status: 409 });
      expect(await api.call({ ...on, body: { on: true, previewId: seen.preview.id } })).toMatchObject({
        status: 200,
        body: { kind: { kind: "inventorySet", on: true } },
      });
      await settings("shopify");
    },
    bad: [
      { path: `${path}/everything/preview`, status: 422, names: "kind" },
      { path: `${path}/inventorySet/preview`, status: 409, names: "stock leads" },
    ],
    foreign: "own",
  },
  switchWriteBack: {
    may: "erp",
    good: { path: `${path}/orderCancel`, body: { on: false } },
    expectGood: async ({ body }, api) => {
      expect(body).toMatchObject({ kind: { kind: "orderCancel", on: false } });
      // A person switches it on by what they were shown; no key does, not even with that.
      const preview = { method: "POST", path: `${path}/orderCancel/preview`, as: "session" } as const;
      const seen = (await api.call(preview)).body as { preview: { id: string } };
      const on = {
        ...{ method: "PUT", path: `${path}/orderCancel` },
        body: { on: true, previewId: seen.preview.id },
      };
      expect(await api.call({ ...on, as: "erp" })).toMatchObject({
        ...{ status: 403, body: { error: { code: "FORBIDDEN" } } },
      });
      expect(await api.call({ ...on, as: "other shop" })).toMatchObject({ status: 403 });
      expect(await isOn(api, api.shop)).toBe(false);
      expect(await api.call({ ...on, as: "session" })).toMatchObject({
        ...{ status: 200, body: { kind: { on: true } } },
      });
      expect([await isOn(api, api.shop), await isOn(api, otherShop)]).toEqual([true, false]);
      expect(await api.call({ ...on, body: { on: false }, as: "erp" })).toMatchObject({ status: 200 });
      expect(await isOn(api, api.shop)).toBe(false);
    },
    bad: [
      { path: `${path}/orderCancel`, body: { on: true }, status: 403, names: "seen what it would send" },
      { path: `${path}/orderCancel`, body: { on: "yes" }, status: 422, names: "on" },
      { path: `${path}/orderCancel`, body: { on: false, previewId: "1" }, status: 422, names: "previewId" },
      { path: `${path}/orderCancel`, body: { on: false, sure: true }, status: 422, names: "sure" },
      { path: `${path}/all`, body: { on: false }, status: 422, names: "kind" },
    ],
    foreign: "own",
  },
};
