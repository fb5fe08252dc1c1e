import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { startJob } from "#app/jobs/start-job.server.ts";
import { otherShop, type TestApi } from "./an-api.ts";
import type { EndpointCases } from "./endpoint-cases.ts";

/** Ends what is under way, so that one of the kind can be started. */
export async function endJobs({ pool }: TestApi): Promise<void> {
  await pool.query(
    `update "SyncJob" set status = 'cancelled' where status in ('pending', 'running', 'paused')`,
  );
}

async function aJobOf(api: TestApi, shop: string, status = "pending"): Promise<string> {
  await endJobs(api);
  const { id } = await startJob(api.context, { shop, jobType: "process-cache", requestedBy: "test" });
  await api.pool.query(`update "SyncJob" set status = $2 where id = $1`, [id, status]);
  return id;
}

const noSuchField = { path: "", body: { everything: true }, status: 422, names: "everything" } as const;
const jobPath = (id: string, end = "") => `/api/shopify/jobs/${id}${end}`;

function starting(path: string, bodyOfGood: object | undefined): EndpointCases[string] {
  return {
    may: "sync",
    good: async (api) => {
      await endJobs(api);
      return { path, ...(bodyOfGood ? { body: bodyOfGood } : {}) };
    },
    expectGood: (answer) => {
      expect(answer).toMatchObject({ status: 202, body: { job: { status: "pending" } } });
    },
    bad: [
      { ...noSuchField, path },
      { path, body: "{", status: 415, names: /JSON/ },
      { path, body: "[]", status: 422, names: /\w/ },
    ],
    foreign: "own",
  };
}

function wishing(verb: string, from: string, to: object): EndpointCases[string] {
  return {
    may: "sync",
    good: async (api) => ({ path: jobPath(await aJobOf(api, api.shop, from), `/${verb}`) }),
    expectGood: ({ body }) => {
      expect(body).toMatchObject({ job: to });
    },
    bad: [
      { path: jobPath("not-an-id", `/${verb}`), status: 422, names: "id" },
      { path: jobPath(randomUUID(), `/${verb}`), status: 404, names: "no job" },
    ],
    foreign: async (api) => ({ path: jobPath(await aJobOf(api, otherShop, from), `/${verb}`) }),
  };
}

export const jobCases: EndpointCases = {
  syncProducts: starting("/api/shopify/sync/products", undefined),
  syncCustomers: starting("/api/shopify/sync/customers", {}),
  processCache: starting("/api/shopify/sync/process-cache", undefined),
  syncStock: starting("/api/shopify/sync/inventory", undefined),
  backfill: {
    ...starting("/api/shopify/sync/backfill", { kinds: ["order"] }),
    expectGood: ({ body }) => {
      expect(body).toMatchObject({ job: { options: { dryRun: true, kinds: ["order"] } } });
    },
    bad: [
      { path: "/api/shopify/sync/backfill", body: { dryRun: false }, status: 409, names: "dry run" },
      { path: "/api/shopify/sync/backfill", body: { kinds: [] }, status: 422, names: "kinds" },
      { path: "/api/shopify/sync/backfill", body: { kinds: ["sku"] }, status: 422, names: "kinds" },
      { path: "/api/shopify/sync/backfill", body: { dryRun: "no" }, status: 422, names: "dryRun" },
    ],
  },
  fullDump: {
    ...starting("/api/shopify/sync/full-dump", { days: 30 }),
    bad: [
      { path: "/api/shopify/sync/full-dump", status: 422, names: "days" },
      { path: "/api/shopify/sync/full-dump", body: {}, status: 422, names: "all, days, from" },
      { path: "/api/shopify/sync/full-dump", body: { days: 0 }, status: 422, names: "days" },
      { path: "/api/shopify/sync/full-dump", body: { from: "2026-02-30" }, status: 422, names: "from" },
      {
        ...{ path: "/api/shopify/sync/full-dump", status: 422, names: "To" },
        body: { from: "2026-02-03", to: "2026-02-01" },
      },
      { path: "/api/shopify/sync/full-dump", body: { all: true, days: 3 }, status: 422, names: "all" },
    ],
  },
  startJob: {
    ...starting("/api/shopify/jobs/start", { jobType: "look-back", options: { hours: 2 } }),
    bad: [
      { path: "/api/shopify/jobs/start", body: {}, status: 422, names: "jobType" },
      { path: "/api/shopify/jobs/start", body: { jobType: "everything" }, status: 422, names: "jobType" },
      {
        ...{ path: "/api/shopify/jobs/start", status: 422, names: "hours" },
        body: { jobType: "look-back", options: { hours: 0 } },
      },
      {
        ...{ path: "/api/shopify/jobs/start", status: 422, names: "Idempotency-Key" },
        ...{ body: { jobType: "products" }, headers: { "Idempotency-Key": "x".repeat(201) } },
      },
    ],
  },
  listJobs: {
    may: "read",
    good: async (api) => {
      await aJobOf(api, otherShop);
      return { path: "/api/shopify/jobs?limit=2&status=completed&jobType=products" };
    },
    expectGood: ({ body }) => {
      expect(body).toMatchObject({ items: [{ jobType: "products", status: "completed" }], next: null });
    },
    bad: [
      { path: "/api/shopify/jobs?limit=0", status: 422, names: "limit" },
      { path: "/api/shopify/jobs?limit=many", status: 422, names: "limit" },
      { path: "/api/shopify/jobs?after=nonsense", status: 422, names: "after" },
      { path: "/api/shopify/jobs?status=done", status: 422, names: "status" },
      { path: "/api/shopify/jobs?page=2", status: 422, names: "page" },
    ],
    foreign: "listed",
  },
  getJob: {
    may: "read",
    good: async (api) => ({ path: jobPath(await aJobOf(api, api.shop)) }),
    bad: [{ path: jobPath("1"), status: 422, names: "id" }],
    foreign: async (api) => ({ path: jobPath(await aJobOf(api, otherShop)) }),
  },
  listJobLog: {
    may: "read",
    good: async (api) => {
      const { rows } = await api.pool.query<{ id: string }>(
        `select id from "SyncJob" where shop = $1 and "jobType" = 'orders' and status = 'completed' order by id limit 1`,
        [api.shop],
      );
      return { path: jobPath(rows[0]?.id ?? "", "/log?limit=3") };
    },
    expectGood: ({ body }) => {
      expect(body).toMatchObject({
        items: [{ message: "Started" }, {}, {}],
        next: expect.any(String) as string,
      });
    },
    bad: [{ path: jobPath(randomUUID(), "/log?after=x"), status: 422, names: "after" }],
    foreign: async (api) => ({ path: jobPath(await aJobOf(api, otherShop), "/log") }),
  },
  pauseJob: wishing("pause", "running", { status: "running", wish: "pause" }),
  resumeJob: wishing("resume", "paused", { status: "pending" }),
  cancelJob: wishing("cancel", "paused", { status: "cancelled" }),
};
