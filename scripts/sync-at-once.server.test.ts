import { expect } from "vitest";
import { listJobs } from "#app/jobs/list-jobs.server.ts";
import { loadScheduler } from "#app/jobs/load-scheduler.server.ts";
import { startJob } from "#app/jobs/start-job.server.ts";
import { findApiKey } from "#app/settings/api-keys.server.ts";
import { recordInstall } from "#app/settings/record-install.server.ts";
import { showPreview } from "#app/writeback/show-preview.server.ts";
import { commandTest as test } from "#tests/setup/command-test.ts";

const SLOW_MACHINE = { timeout: 120_000 };
const shop = "one.myshopify.com";
const now = () => new Date();

test(
  "a key is made, printed once and alone, listed without it, and revoked",
  SLOW_MACHINE,
  async ({ run, database: { pool, prisma } }) => {
    await recordInstall(pool, { shop, scopes: [], profile: null, now: now() });
    const made = await run("api-key create --name Warehouse --scopes read,sync");
    expect(made.code, made.stderr).toBe(0);
    expect(made.stdout).toMatch(/^erpsync_[\w-]+\n$/);
    const key = made.stdout.trim();
    expect(made.stderr).toMatch(
      /^The key of Warehouse for one\.myshopify\.com, with read, sync · id \S+\nIt is shown this once/,
    );
    expect(made.stderr).not.toContain(key);
    const holder = await findApiKey(pool, { key, now: now() });
    expect(holder).toMatchObject({ shop, scopes: ["read", "sync"] });
    const id = holder?.id ?? "";
    expect(await prisma.auditLog.findMany()).toMatchObject([
      { action: "api-key.create", actor: "command line", target: id },
    ]);

    const json = await run("api-key create --name Other --scopes erp --json");
    const answer = JSON.parse(json.stdout) as { key: string };
    expect(answer).toMatchObject({ apiKey: { name: "Other", createdBy: "command line" } });
    expect(await findApiKey(pool, { key: answer.key, now: now() })).toMatchObject({ scopes: ["erp"] });

    const listed = await run("api-key list");
    expect(listed.stdout).toMatch(
      /^Other · erpsync_.{6}… · erp · last used .+ · id \S+\nWarehouse · erpsync_.{6}… · read, sync · last used /,
    );
    expect(listed.stdout).not.toContain(key);
    const revoked = await run(`api-key revoke ${id}`);
    expect([revoked.code, revoked.stdout, revoked.stderr]).toEqual([0, "Revoked: Warehouse\n", ""]);
    expect(await findApiKey(pool, { key, now: now() })).toBeNull();
    expect((await run("api-key list")).stdout).toMatch(/\nWarehouse .* · revoked .* · id /);
    const machine = JSON.parse((await run("api-key list --json")).stdout) as unknown;
    expect(machine).toMatchObject({
      items: [
        { name: "Other", revokedAt: null },
        { name: "Warehouse", id },
      ],
    });
  },
);

test(
  "what cannot be done ends with its code, words and the next step",
  SLOW_MACHINE,
  async ({ run, database: { pool } }) => {
    await recordInstall(pool, { shop, scopes: [], profile: null, now: now() });
    const expectEnd = async (args: string, code: number, words: string) => {
      const end = await run(args);
      expect(end.stderr).toContain(words);
      expect([end.code, end.stdout]).toEqual([code, ""]);
      return end.stderr;
    };
    const step = /\nWhat to do: .+\n$/;
    await expectEnd("api-key create --name W --scopes read,write", 2, 'There is no scope "write"');
    expect(await expectEnd("api-key revoke nobody", 1, "There is no API key nobody.")).toMatch(step);
    expect(await expectEnd("pause nothing", 1, "Failed (JOB_NOT_FOUND): There is no job nothing.")).toMatch(
      step,
    );
    // Whoever refuses knows more of what to do than the list of all errors.
    const kind = "orderEdit";
    const { id } = await showPreview(pool, { shop, kind, actor: "command line", now: now() });
    const refused = await expectEnd(`write-back on ${kind} --preview ${id}`, 1, "Failed (SCOPE_MISSING)");
    expect(refused).toContain("\nWhat to do: Ask Shopify for the permission on the page Write-back");
    const elsewhere = "--shop two.myshopify.com";
    const unknown = "The app is not installed in two.myshopify.com.";
    expect(await expectEnd(`api-key list ${elsewhere}`, 2, unknown)).toMatch(step);
    expect(await expectEnd(`scheduler start ${elsewhere}`, 2, unknown)).toMatch(step);
    expect(await expectEnd("scheduler start --interval 1", 2, "intervalMinutes")).toMatch(step);
    const { enabled } = await loadScheduler(pool, { shop, now: now() });
    expect(enabled).toBe(false);
  },
);

test(
  "a job is paused, resumed and cancelled; one that no worker takes is told with the next step",
  SLOW_MACHINE,
  async ({ run, database }) => {
    const { pool } = database;
    await recordInstall(pool, { shop, scopes: [], profile: null, now: now() });
    const { id } = await startJob({ database, now }, { shop, jobType: "process-cache", requestedBy: "test" });
    const expectStatus = async (args: string, words: string, status: string) => {
      const { code, stdout, stderr } = await run(args);
      expect(stderr).toBe("");
      expect([code, stdout]).toEqual([0, `Process pending: ${words} · id ${id}\n`]);
      expect(await listJobs(pool, { shop, limit: 5 })).toMatchObject([{ id, status }]);
    };
    await expectStatus(`pause ${id}`, "paused", "paused");
    await expectStatus(`resume ${id}`, "waiting", "pending");
    await pool.query(
      `update "SyncJob" set "createdAt" = now() - interval '1 hour', "movedAt" = null where shop = $1`,
      [shop],
    );
    expect((await run("status")).stdout).toMatch(
      new RegExp(
        `\nUnder way +Process pending: waiting .* · id ${id}\n +It has waited for 1 h .*no worker has taken it\\.\n +what to do: Ask whoever runs the app to check that its worker`,
      ),
    );
    await expectStatus(`cancel ${id}`, "cancelled", "cancelled");
    const late = await run(`resume ${id}`);
    expect(late.code).toBe(1);
    expect(late.stderr).toContain("This job is cancelled and cannot be resumed.");
  },
);

test(
  "the look-back that runs by itself is turned on, changed, run now and turned off",
  SLOW_MACHINE,
  async ({ run, database: { pool } }) => {
    await recordInstall(pool, { shop, scopes: [], profile: null, now: now() });
    const on = await run("scheduler start --interval 30 --look-back 48");
    expect(on.code, on.stderr).toBe(0);
    expect(on.stdout).toMatch(/^on, every 30 min, 48 h back · last run never · next run .+\n$/);
    const asked = await run("scheduler trigger");
    expect(asked.code, asked.stderr).toBe(0);
    const [job] = await listJobs(pool, { shop, limit: 1 });
    expect(job).toMatchObject({ jobType: "look-back", status: "pending", requestedBy: "command line" });
    expect(asked.stdout).toContain(`id ${job?.id ?? ""}\n`);
    const again = await run("scheduler trigger");
    expect(again.code).toBe(1);
    expect(again.stderr).toMatch(/^Failed \(JOB_ALREADY_RUNNING\): /);
    expect((await run("status")).stdout).toMatch(
      /\nLook-back +on, every 30 min, 48 h back · last run (?!never).+ · next run .+\n/,
    );
    const off = await run("scheduler stop");
    expect(off.stdout).toMatch(/^off · last run .+\n +The schedule is off/);
    expect(off.code).toBe(0);
  },
);
