import { expect } from "vitest";
import { writeCursor } from "#app/lib/cursor.ts";
import type { EndpointCases } from "./endpoint-cases.ts";

const cursor = (...key: string[]) => writeCursor(key);
const EPOCH = "01995c2c-0000-7000-8000-000000000000";

export const feedCases: EndpointCases = {
  readFeed: {
    may: "read",
    good: async (api) => {
      // What an older transaction holds back, also one of another test on the same server, comes once that has ended.
      const newest = () => api.call({ method: "GET", path: "/api/feed?after=now", as: "read" });
      await expect.poll(async () => (await newest()).body).toMatchObject({ heldBackSince: null });
      return { path: "/api/feed?limit=1000" };
    },
    expectGood: async ({ body }, { pool, shop }) => {
      const { changes } = body as { changes: { entity: string; entityId: string }[] };
      const { rows } = await pool.query<{ id: string }>(
        `select "shopifyOrderId" as id from "Order" where shop = $1 and not test order by 1`,
        [shop],
      );
      const orders = changes.filter(({ entity }) => entity === "order").map(({ entityId }) => entityId);
      expect([...new Set(orders)].toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
    },
    bad: [
      ...["limit=0", "limit=1001", "wait=31", "wait=-1", "wait=soon"].map((query) => ({
        ...{ path: `/api/feed?${query}`, status: 422, names: query.split("=")[0]! },
      })),
      { path: "/api/feed?after=nonsense", status: 422, names: "after" },
      { path: `/api/feed?after=${cursor(EPOCH, "1", "1; drop")}`, status: 422, names: "after" },
      { path: `/api/feed?after=${cursor(EPOCH, "1", "1")}`, status: 410, names: "another database" },
    ],
    foreign: "listed",
  },
};
