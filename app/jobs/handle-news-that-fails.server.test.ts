import { describe, expect } from "vitest";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { at, handle, log, nobody, now, requests, rows, tell } from "#tests/webhooks/told-news.ts";

describe("of pieces that are handled together", () => {
  test("those that throw fail alone and are tried again; the others are done", async ({
    database: { pool },
  }) => {
    await pool.query(`alter table "ShopifyFetchRequest" add constraint refused check (id <> '13')`);
    await pool.query(`alter table "ShopifyOrderCache" add constraint refused check (id <> '14')`);
    for (let id = 1; id <= 30; id++) {
      if (id === 14) await tell(pool, "orders/create", { id, updated_at: at });
      else await tell(pool, "refunds/create", { order_id: id });
    }
    expect(await handle(pool)).toBe(30);
    const waiting = () =>
      rows(
        pool,
        `select topic, attempts, "errorCode", "nextRetryAt" from "WebhookDelivery" where "processedAt" is null order by topic`,
      );
    const failed = { attempts: 1, errorCode: "INTERNAL", nextRetryAt: new Date(now.getTime() + 60_000) };
    expect(await waiting()).toEqual([
      { topic: "orders/create", ...failed },
      { topic: "refunds/create", ...failed },
    ]);
    expect(await requests(pool)).toHaveLength(28);
    expect(await handle(pool)).toBe(0);

    await pool.query(`alter table "ShopifyFetchRequest" drop constraint refused`);
    await pool.query(`alter table "ShopifyOrderCache" drop constraint refused`);
    expect(await handle(pool, nobody, new Date(now.getTime() + 60_000))).toBe(2);
    expect(await requests(pool)).toHaveLength(29);
    expect(await rows(pool, `select id from "ShopifyOrderCache"`)).toEqual([{ id: "14" }]);
  });

  test("none is blamed for meeting another transaction: all are done again", async ({
    database: { pool },
  }) => {
    await pool.query(`
      create sequence met;
      create function meet() returns trigger language plpgsql as $$ begin
        if nextval('met') <= 2 then raise sqlstate '40P01'; end if;
        return new;
      end $$;
      create trigger meet before insert on "ShopifyFetchRequest" for each row execute function meet()`);
    await tell(pool, "refunds/create", { order_id: 9 });
    expect(await handle(pool)).toBe(1);
    expect(await log(pool)).toMatchObject([{ processedAt: now, attempts: 0, errorCode: null }]);
  });
});

test("what another worker has done meanwhile stays done, though this one failed", async ({
  database: { pool },
}) => {
  await tell(pool, "app/uninstalled", { id: 1 });
  const tooLate = async () => {
    await handle(pool, { ...nobody, uninstall: () => Promise.resolve() });
    throw new Error("too late");
  };
  await handle(pool, { ...nobody, uninstall: tooLate });
  expect(await log(pool)).toEqual([
    { topic: "app/uninstalled", processedAt: now, attempts: 0, errorCode: null, aside: false },
  ]);
});
