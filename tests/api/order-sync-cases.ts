import { expect } from "vitest";
import type { EndpointCases } from "./endpoint-cases.ts";

export const orderSyncCases: EndpointCases = {
  getOrderSyncStatus: {
    may: "read",
    good: async ({ pool, shop }) => {
      const { rows } = await pool.query<{ id: string }>(
        `select "shopifyOrderId" as id from "Parcel" where shop = $1 order by 1 limit 1`,
        [shop],
      );
      return { path: `/api/orders/${rows[0]!.id}/sync-status` };
    },
    // It says what the order's own endpoint says.
    expectGood: async ({ body }, api) => {
      const { id, order, orderNumber } = body as Record<"id" | "orderNumber", string> & {
        order: Record<string, unknown>;
      };
      const full = await api.call({ method: "GET", path: `/api/erp/orders/${id}`, as: "read" });
      expect(full.body).toMatchObject({ order: { ...order, orderNumber } });
      expect(body).toMatchObject({ state: "processed", error: null, notSent: null, erased: false });
      expect(order["parcels"]).not.toEqual([]);
    },
    bad: [
      { path: "/api/orders/%231001/sync-status", status: 422, names: "id" },
      { path: "/api/orders/99999/sync-status", status: 404, names: "order 99999" },
    ],
    foreign: () => ({ path: "/api/orders/1001/sync-status" }),
  },
};
