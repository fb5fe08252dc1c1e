import { expect } from "vitest";
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
    expectGood: ({ body }) => {
      expect(body).toMatchObject({
        preview: { waiting: 1, refunds: 1, messages: 0, examples: [{ refunds: true, notifies: false }] },
      });
    },
    bad: [
      { path: `${path}/everything/preview`, status: 422, names: "kind" },
      { path: `${path}/inventorySet/preview`, status: 409, names: "comparing all of it" },
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
