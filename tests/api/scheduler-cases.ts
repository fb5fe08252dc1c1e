import { expect } from "vitest";
import { startScheduler } from "#app/jobs/start-scheduler.server.ts";
import { otherShop } from "./an-api.ts";
import { endJobs } from "./job-cases.ts";
import type { EndpointCases } from "./endpoint-cases.ts";

const path = (end: string) => `/api/shopify/jobs/scheduler/${end}`;

export const schedulerCases: EndpointCases = {
  getSchedulerStatus: {
    may: "read",
    good: async ({ context }) => {
      await startScheduler(context, { shop: otherShop, actor: "test", intervalMinutes: 15 });
      return { path: path("status") };
    },
    expectGood: ({ body }) => {
      expect(body).toMatchObject({ scheduler: { intervalMinutes: 60, lookBackHours: 24 } });
    },
    bad: [{ path: path("status?shop=other-shop.myshopify.com"), status: 422, names: "shop" }],
    foreign: "listed",
  },
  startScheduler: {
    may: "sync",
    good: { path: path("start"), body: { intervalMinutes: 60, lookBackHours: 24 } },
    expectGood: async ({ body }, { pool, shop }) => {
      expect(body).toMatchObject({ scheduler: { enabled: true, intervalMinutes: 60 } });
      const { rows } = await pool.query(`select enabled from "SchedulerState" where shop = $1 and enabled`, [
        shop,
      ]);
      expect(rows).toHaveLength(1);
    },
    bad: [
      { path: path("start"), body: { intervalMinutes: 4 }, status: 422, names: "intervalMinutes" },
      { path: path("start"), body: { lookBackHours: 0.5 }, status: 422, names: "lookBackHours" },
      { path: path("start"), body: { hours: 2 }, status: 422, names: "hours" },
    ],
    foreign: "own",
  },
  stopScheduler: {
    may: "sync",
    good: { path: path("stop") },
    expectGood: async ({ body }, { pool }) => {
      expect(body).toMatchObject({ scheduler: { enabled: false, problem: { code: "SCHEDULER_OFF" } } });
      const { rows } = await pool.query(`select from "SchedulerState" where shop = $1 and enabled`, [
        otherShop,
      ]);
      expect(rows).toHaveLength(1); // theirs goes on
    },
    bad: [{ path: path("stop"), body: { now: true }, status: 422, names: "now" }],
    foreign: "own",
  },
  triggerScheduler: {
    may: "sync",
    good: async (api) => {
      await endJobs(api);
      return { path: path("trigger") };
    },
    expectGood: ({ body }) => {
      expect(body).toMatchObject({ job: { jobType: "look-back", status: "pending" } });
    },
    bad: [{ path: path("trigger"), body: { hours: 2 }, status: 422, names: "hours" }],
    foreign: "own",
  },
};
