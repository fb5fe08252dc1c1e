/** Law 12 on disk: the file of a bulk operation holds persons, and a job that is paused may keep it for ever. */
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "vitest";
import { ingestDelivery } from "#app/cache/ingest-delivery.server.ts";
import { appNewsHandlers } from "#app/jobs/app-news-handlers.server.ts";
import { handleNews } from "#app/jobs/handle-news.server.ts";
import { loadJob } from "#app/jobs/load-job.server.ts";
import { pauseJob } from "#app/jobs/pause-job.server.ts";
import { resumeJob } from "#app/jobs/resume-job.server.ts";
import { runJob } from "#app/jobs/run-job.server.ts";
import { startJob } from "#app/jobs/start-job.server.ts";
import { createBulkWaker } from "#app/shopify/bulk/bulk-waker.ts";
import { tablesThatHold } from "#tests/fixtures/every-text.ts";
import { connectedTest, numberOf, type ConnectedShop } from "#tests/setup/a-connected-shop.ts";

const test = connectedTest.extend("machine", async ({ connect }, { onCleanup }) => {
  const sim = await connect();
  const workDir = await mkdtemp(path.join(tmpdir(), "downloads-"));
  onCleanup(() => rm(workDir, { recursive: true, force: true }));
  return aMachine(sim, workDir);
});

async function aMachine(sim: ConnectedShop, workDir: string) {
  const { context, shop, pool } = sim;
  const { id } = await startJob(context, { shop, jobType: "customers", requestedBy: "test" });
  const jobContext = { ...context, waker: createBulkWaker(), workDir };
  return {
    ...sim,
    id,
    job: () => loadJob(pool, { shop, id }),
    run: (fetch = context.fetch) =>
      runJob({ ...jobContext, fetch }, { shop, id, shutdown: new AbortController().signal }),
    /** Shopify's request comes, and a worker handles it. */
    redact: async (topic: string, customer?: { id: number; email: string }) => {
      const now = new Date();
      await ingestDelivery(pool, {
        ...{ shop, topic, webhookId: "w", eventId: null, apiVersion: "2026-10", now },
        ...{ body: Buffer.from(JSON.stringify({ customer, orders_to_redact: [] })), isNews: true },
        ...{ triggeredAt: null, kind: null, recordId: null, payload: null },
      });
      await handleNews(pool, { shop, now, handlers: appNewsHandlers(jobContext) });
      const { rows } = await pool.query(`SELECT outcome FROM "WebhookDelivery" WHERE "processedAt" IS NULL`);
      expect(rows).toEqual([]);
    },
    /** Files in the worker's folder in which the text stands. */
    filesThatHold: async (text: string) => {
      const entries = await readdir(workDir, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile());
      const texts = await Promise.all(
        files.map(({ parentPath, name }) => readFile(path.join(parentPath, name), "utf8")),
      );
      return texts.filter((one) => one.includes(text)).length;
    },
  };
}

type Machine = Awaited<ReturnType<typeof aMachine>>;

/** Files of bulk operations come but for their last byte, and then nothing more, as from a slow line. */
function slowLine({ context: { fetch } }: Pick<ConnectedShop, "context">): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const isFile = !new URL(input instanceof Request ? input.url : String(input)).hostname.endsWith(".com");
    if (!isFile) return response;
    const bytes = new Uint8Array(await response.arrayBuffer());
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes.subarray(0, -1));
        init?.signal?.addEventListener("abort", () => {
          controller.error(init.signal?.reason);
        });
      },
    });
    return new Response(body, { status: response.status, headers: response.headers });
  };
}

/** A customer of the store, as their request names them. */
function somebody({ store }: Pick<ConnectedShop, "store">): { id: number; email: string } {
  const node = store.collection("customers")?.at(0);
  const { emailAddress } = node?.["defaultEmailAddress"] as unknown as { emailAddress: string };
  return { id: Number(numberOf(node)), email: emailAddress };
}

/** Until the file is there but for its last byte, and then pauses. */
async function runAndPause(machine: Machine, text: string): Promise<void> {
  const { id, shop, pool, run, job, filesThatHold } = machine;
  const running = run(slowLine(machine));
  await expect.poll(() => filesThatHold(text), { timeout: 20_000 }).toBe(1);
  await pauseJob(pool, { shop, id, by: "test" });
  await running;
  expect(await job()).toMatchObject({ status: "paused" });
  expect(await filesThatHold(text)).toBe(1);
}

test("a paused job's download goes when somebody is forgotten, and the job downloads anew when it goes on", async ({
  machine,
}) => {
  const { id, shop, pool, run, job, redact, filesThatHold, store } = machine;
  const customer = somebody(machine);
  const { email } = customer;
  await runAndPause(machine, email);

  await redact("customers/redact", customer);
  expect(await filesThatHold(email)).toBe(0);
  expect(await tablesThatHold(pool, [email])).toEqual([]);

  await resumeJob(pool, { shop, id, by: "test" });
  await run();
  expect(await job()).toMatchObject({ status: "completed" });
  const { rows } = await pool.query<{ cached: number }>(
    `SELECT count(*)::int AS cached FROM "ShopifyCustomerCache" WHERE shop = $1`,
    [shop],
  );
  expect(rows[0]?.cached).toBe((store.collection("customers")?.count() ?? 0) - 1);
  expect(await tablesThatHold(pool, [email])).toEqual([]);
  expect(await filesThatHold("")).toBe(0);
});

test("a paused job's download goes with its shop", async ({ machine }) => {
  const { shop, pool, redact, filesThatHold } = machine;
  await runAndPause(machine, somebody(machine).email);
  await pool.query(`UPDATE "Shop" SET "uninstalledAt" = now() WHERE shop = $1`, [shop]);
  await redact("shop/redact");
  expect(await filesThatHold("")).toBe(0);
});
