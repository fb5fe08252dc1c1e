import { expect } from "vitest";
import { listJobs } from "#app/jobs/list-jobs.server.ts";
import { recordInstall } from "#app/settings/record-install.server.ts";
import { commandTest as test } from "#tests/setup/command-test.ts";

const SLOW_MACHINE = { timeout: 120_000 };
const PATIENCE = { timeout: 30_000, interval: 50 };

test(
  "without a worker a job runs here; a pipe gets plain lines, the figures and the exit code",
  SLOW_MACHINE,
  async ({ install, run, database }) => {
    const { shop, env, simulator } = await install();
    const { code, stdout, stderr } = await run("products", env);
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^products: Asked for, of \S+\nproducts: No worker has it: it runs here\nproducts: Started\n/,
    );
    expect(stdout).toMatch(
      /\nCompleted in .*: [\d,]+ processed, [1-9]\d* created, 0 updated, 0 unchanged, 0 failed\n$/,
    );
    expect(stdout.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
    expect(await database.prisma.product.count({ where: { shop } })).toBe(
      simulator.store.expectations().products,
    );
    const [job] = await listJobs(database.pool, { shop, limit: 1 });
    expect(job).toMatchObject({ status: "completed", requestedBy: "command line" });
  },
);

test(
  "a worker's job is followed to its end, and left to it",
  SLOW_MACHINE,
  async ({ install, work, run }) => {
    const sim = await install();
    await work(sim);
    const { code, stdout } = await run("customers", sim.env);
    expect(code).toBe(0);
    expect(stdout).toContain("customers: Started\n");
    expect(stdout).not.toContain("it runs here");
    expect(stdout).toMatch(/\nCompleted in /);
  },
);

test(
  "a command that knows no credentials can still have a worker do it; alone it says what is missing",
  SLOW_MACHINE,
  async ({ install, work, run }) => {
    const sim = await install();
    const alone = await run("products");
    expect(alone.code).toBe(2);
    expect(alone.stderr).toContain("Shopify is not configured");
    expect(alone.stderr).toContain("What to do: Set SHOPIFY_API_KEY, SHOPIFY_API_SECRET and SHOPIFY_APP_URL");
    await work(sim);
    expect((await run("products")).code).toBe(0);
  },
);

test(
  "a job that fails ends with 1, its code, words and the next step",
  SLOW_MACHINE,
  async ({ install, run }) => {
    const { env, simulator } = await install();
    simulator.faults.add({ kind: "token-refused" });
    const { code, stderr } = await run("products", env);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Failed \(TOKEN_REFUSED\): .+\nWhat to do: Open the app in Shopify Admin once/);
  },
);

test(
  "of one shop with a fixed token: recorded by the first command, and a refused token's next step is its own",
  SLOW_MACHINE,
  async ({ install, run, database }) => {
    const token = "shpat_0123456789abcdef0123456789abcdef";
    const { simulator, shop } = await install({ staticToken: token });
    await database.prisma.session.deleteMany();
    await database.prisma.shop.deleteMany();
    const env = {
      ...{ SIMULATOR_URL: simulator.url, SHOPIFY_SHOP_DOMAIN: shop, SHOPIFY_WEBHOOK_SECRET: "secret" },
      SHOPIFY_ACCESS_TOKEN: token,
    };
    expect((await run("products", env)).code).toBe(0);
    expect(await database.prisma.shop.findUnique({ where: { shop } })).toMatchObject({
      timeZone: "Asia/Kolkata",
    });
    const { code, stderr } = await run("products", { ...env, SHOPIFY_ACCESS_TOKEN: "shpat_ended" });
    expect(code).toBe(1);
    expect(stderr).toContain("What to do: Set a new SHOPIFY_ACCESS_TOKEN and start web and worker again.");
    expect(stderr).not.toContain("shpat_ended");
  },
);

test(
  "Ctrl-C lets go of a job that runs here, and the same command goes on with it",
  SLOW_MACHINE,
  async ({ install, start, run, database }) => {
    const { env, shop } = await install({ bulkRunDelayMs: 4_000 });
    const command = start("products", env);
    await expect.poll(command.stdout, PATIENCE).toContain("products: Started");
    await expect
      .poll(() => database.prisma.shopifyBulkOperation.count({ where: { shop } }), PATIENCE)
      .toBe(1);
    command.interrupt();
    expect(await command.ended).toBe(130);
    expect(command.stderr()).toMatch(/^Stopped\.\nWhat to do: The job waits for a worker/);
    const [stopped] = await listJobs(database.pool, { shop, limit: 5 });
    expect(stopped?.status).toBe("pending");

    const again = await run("products", env);
    expect(again.code, again.stderr).toBe(0);
    expect(again.stdout).toContain("products: Going on with the one that was asked for before");
    expect(again.stdout).toContain("products: Going on where it stopped");
    expect(await listJobs(database.pool, { shop, limit: 5 })).toMatchObject([
      { id: stopped?.id, status: "completed" },
    ]);
    expect(await database.prisma.shopifyBulkOperation.count({ where: { shop } })).toBe(1);
  },
);

test(
  "a second Ctrl-C ends at once, whatever it waits for",
  SLOW_MACHINE,
  async ({ install, start, database }) => {
    const { env, shop } = await install({ bulkRunDelayMs: 5_000 });
    const command = start("products", env);
    await expect.poll(command.stdout, PATIENCE).toContain("products: Started");
    const [job] = await listJobs(database.pool, { shop, limit: 1 });
    const tx = await database.pool.connect();
    try {
      // The job cannot be written to, so it cannot be let go of in order.
      await tx.query("begin");
      await tx.query(`select from "SyncJob" where shop = $1 and id = $2 for update`, [shop, job?.id]);
      command.interrupt();
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(command.stderr()).toBe("");
      command.interrupt();
      expect(await command.ended).toBe(130);
      expect(command.stderr()).toBe("");
    } finally {
      await tx.query("rollback");
      tx.release();
    }
  },
);

test(
  "Ctrl-C only stops following a worker's job",
  SLOW_MACHINE,
  async ({ install, work, start, database }) => {
    const sim = await install({ bulkRunDelayMs: 3_000 });
    await work(sim);
    const command = start("products", sim.env);
    await expect.poll(command.stdout, PATIENCE).toContain("products: Started");
    command.interrupt();
    expect(await command.ended).toBe(130);
    expect(command.stderr()).toMatch(/^No longer followed\.\n/);
    const status = async () => (await listJobs(database.pool, { shop: sim.shop, limit: 1 }))[0]?.status;
    await expect.poll(status, PATIENCE).toBe("completed");
  },
);

test(
  "orders: days of the shop; a period that Shopify would cut is refused",
  SLOW_MACHINE,
  async ({ install, run, database }) => {
    const { env, shop } = await install({ scopes: ["read_orders", "read_products", "read_customers"] });
    await database.prisma.shop.updateMany({ data: { timeZone: "Asia/Kolkata" } });
    const all = await run("orders", env);
    expect(all.code).toBe(1);
    expect(all.stderr).toMatch(/^Failed \(PERIOD_NEEDS_ALL_ORDERS\): .*read_all_orders/);
    expect(all.stderr).toContain("What to do: Choose a period of at most 60 days");

    const day = new Date(Date.now() - 20 * 86_400_000).toISOString().slice(0, 10);
    const some = await run(`orders --since ${day}`, env);
    expect(some.code, some.stderr).toBe(0);
    const [job] = await listJobs(database.pool, { shop, limit: 1 });
    const from = new Date(Date.parse(`${day}T00:00:00Z`) - 5.5 * 3_600_000).toISOString();
    expect(job?.options).toEqual({ from, until: null });
  },
);

test(
  "what cannot be done as it was given is said on standard error, with the next step, and ends with 2",
  SLOW_MACHINE,
  async ({ run, database: { pool, url } }) => {
    const key = {
      ...{ SHOPIFY_API_KEY: "key", SHOPIFY_API_SECRET: "secret", SHOPIFY_APP_URL: "http://127.0.0.1:1" },
    };
    const expectRefusal = async (args: string, env: Record<string, string>, words: string) => {
      const { code, stdout, stderr } = await run(args, env);
      expect(stderr).toContain(words);
      expect(stderr).toMatch(/\nWhat to do: .+\n$/);
      expect([code, stdout]).toEqual([2, ""]);
    };
    await expectRefusal("status", {}, "Shopify is not configured, and no shop has installed the app.");
    await expectRefusal("products", key, "No shop has installed the app.");
    const emptyDatabase = new URL(url);
    emptyDatabase.pathname = "/postgres";
    await expectRefusal("status", { DATABASE_URL: emptyDatabase.href }, "has no tables of this app");
    await expectRefusal("status", { SHOPIFY_API_KEY: "key" }, "SHOPIFY_API_SECRET is missing");

    for (const shop of ["one.myshopify.com", "two.myshopify.com"])
      await recordInstall(pool, { shop, scopes: [], profile: null, now: new Date() });
    await expectRefusal("status", key, "2 shops have installed the app.");
    await expectRefusal(
      "status --shop three.myshopify.com",
      key,
      "The app is not installed in three.myshopify.com.",
    );
    await expectRefusal(
      "orders --shop one.myshopify.com --since 2026-01-02 --until 2026-01-01",
      key,
      "--until 2026-01-01",
    );
    await expectRefusal("look-back --shop one.myshopify.com --hours 0", key, "hours");

    const usage = await run("everything");
    expect([usage.code, usage.stdout]).toEqual([2, ""]);
    expect(usage.stderr).toMatch(
      /^There is no command "everything".*\nWhat to do: See `npm run sync -- --help`\.\n$/,
    );
    const help = await run("--help");
    expect([help.code, help.stderr]).toEqual([0, ""]);
    expect(help.stdout).toMatch(/^Usage: npm run sync/);
  },
);

test(
  "status tells a person how it stands, and a machine the same",
  SLOW_MACHINE,
  async ({ install, run, database }) => {
    const { env, shop, simulator } = await install();
    await run("products", env);
    await database.pool.query(
      `insert into "SyncJob" (shop, id, "jobType", "requestedBy", options, "createdAt", status, "startedAt", "heartbeatAt", processed, total, checkpoint)
     values ($1, 'runs', 'orders', 'test', '{}', now(), 'running', now() - interval '10 seconds', now(), 50, 100,
       jsonb_build_object('stretch', jsonb_build_object('what', 'processing', 'since', now() - interval '10 seconds', 'from', 0, 'done', 50)))`,
      [shop],
    );
    await database.pool.query(
      `update "ShopifyProductCache" set "processedAt" = null, "errorCode" = 'SKU_NOT_FOUND', "processingError" = $2
     where shop = $1 and id = (select min(id) from "ShopifyProductCache" where shop = $1)`,
      [shop, "SKU not found: A\u001b[31m"],
    );
    const person = await run("status", env);
    expect(person.stderr).toBe("");
    expect(person.code).toBe(0);
    const { products } = simulator.store.expectations();
    for (const words of [
      new RegExp(`^Shop +${shop}\n`),
      /\nConnection +may .*read_orders/,
      /token good until .*, renewable until /,
      new RegExp(`\nIn the ERP +products ${String(products)} · customers 0 · orders 0\n`),
      /\nCache +products +total \d+ · processed \d+ · pending 0 · failed 1 · waiting for a person 0\n/,
      /\nUnder way +Full dump of orders: running · 50 of 100 \(50 %\) · 5 per second · 10 s left · id runs\n/,
      /\nLast runs +.* · Products: completed · Done/,
      /\nLook-back +off · last run never\n +The schedule is off: no look-back starts by itself.\n +what to do: Start the schedule/,
      /\nYesterday +.*: Not checked/,
      /\nFailing +product .*: SKU not found: A \[31m \(SKU_NOT_FOUND\).*\n +what to do: Sync all products/,
    ])
      expect(person.stdout).toMatch(words);
    expect(person.stdout.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);

    const machine = await run("status --json");
    expect(machine.code).toBe(0);
    const [line = "", ...more] = machine.stdout.split("\n");
    expect(more).toEqual([""]);
    expect(JSON.parse(line)).toMatchObject({
      ...{ shop, mode: null, erp: { products, customers: 0, orders: 0 } },
      counts: { product: { failed: 1, pending: 0 } },
      jobs: [
        { id: "runs", status: "running" },
        { jobType: "products", status: "completed" },
      ],
      failed: [{ kind: "product", code: "SKU_NOT_FOUND" }],
      yesterday: { state: "never" },
      scheduler: { enabled: false, problem: { code: "SCHEDULER_OFF" } },
    });
  },
);
