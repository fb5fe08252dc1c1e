import { expect } from "vitest";
import { startScheduler } from "#app/jobs/start-scheduler.server.ts";
import { START, actor, scheduledTest as test, shop } from "#tests/fixtures/a-scheduled-shop.ts";
import { loadHome } from "./load-home.server.ts";

test("Home says that the schedule is off, and nothing once it is on", async ({ at }) => {
  const { pool } = at.context.database;
  const home = async () => (await loadHome(pool, { shop, now: START })).schedulerProblem;
  expect(await home()).toMatchObject({ code: "SCHEDULER_OFF" });
  await startScheduler(at.context, { shop, actor });
  expect(await home()).toBeNull();
});

test("Home stands, and is silent about the schedule, where the shop's settings cannot be read", async ({
  at,
}) => {
  const { pool } = at.context.database;
  await pool.query(
    `update "Shop" set settings = '{"scheduler": {"intervalMinutes": "often"}}' where shop = $1`,
    [shop],
  );
  expect(await loadHome(pool, { shop, now: START })).toMatchObject({ schedulerProblem: null, pending: 0 });
});
