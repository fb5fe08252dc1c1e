import { connect, createServer, type AddressInfo } from "node:net";
import pg from "pg";
import { expect } from "vitest";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { inTransaction, openDatabase } from "./db.server.ts";

test("each type comes out as promised", async ({ database }) => {
  const { rows } = await database.pool.query(
    `select 9007199254740991::int8 as count, 12.10::numeric as money, '2026-11-22'::date as day,
       '2026-11-22T10:00:00+05:30'::timestamptz as at, array[1, null]::int8[] as counts`,
  );
  expect(rows).toEqual([
    {
      count: 9007199254740991,
      money: "12.10",
      day: "2026-11-22",
      at: new Date("2026-11-22T04:30:00Z"),
      counts: [1, null],
    },
  ]);
});

test("an int8 that a number cannot hold is refused, not rounded", async ({ database }) => {
  await expect(database.pool.query("select 9007199254740993::int8")).rejects.toThrow(
    "does not fit into a number",
  );
});

test("the tables are there, for SQL and for Prisma", async ({ database }) => {
  const { rows } = await database.pool.query<{ tables: number }>(
    "select count(*) as tables from pg_tables where schemaname = 'public'",
  );
  expect(rows[0]?.tables).toBeGreaterThan(20);
  expect(await database.prisma.session.count()).toBe(0);
});

test("a transaction keeps what it returns from", async ({ database }) => {
  await database.pool.query("create table t (x int)");
  const result = await inTransaction(database.pool, async (tx) => {
    await tx.query("insert into t values (1)");
    return "done";
  });
  expect(result).toBe("done");
  expect((await database.pool.query("select x from t")).rows).toEqual([{ x: 1 }]);
});

test("a transaction that throws leaves nothing, and its own error comes out", async ({ database }) => {
  await database.pool.query("create table t (x int)");
  const failure = new Error("no stock");
  const work = inTransaction(database.pool, async (tx) => {
    await tx.query("insert into t values (1)");
    throw failure;
  });
  await expect(work).rejects.toBe(failure);
  expect((await database.pool.query("select x from t")).rows).toEqual([]);
  expect(database.pool.idleCount).toBe(database.pool.totalCount);
});

test("a connection that breaks inside a transaction is thrown away, and the next one works", async ({
  database,
}) => {
  const work = inTransaction(database.pool, async (tx) => {
    const { rows } = await tx.query<{ pid: number }>("select pg_backend_pid() as pid");
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    await other.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
    await other.end();
    await tx.query("select 1");
  });
  await expect(work).rejects.toThrow();
  expect(database.pool.totalCount).toBe(0);
  expect((await database.pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
});

/** What PostgreSQL sends when it shuts down (protocol 3.0, ErrorResponse 57P01). */
function goodbye(): Buffer {
  const fields = Buffer.from(
    "SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0",
  );
  const head = Buffer.alloc(5);
  head.write("E");
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

test("a connection that is lost in the moment it is handed over ends a transaction, not the process", async ({
  database,
}) => {
  const real = new URL(database.url);
  // PostgreSQL shuts down just as it says that the first connection is ready (ReadyForQuery, idle): both in one packet.
  const ready = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);
  let connections = 0;
  const proxy = createServer((client) => {
    const isFirst = ++connections === 1;
    const server = connect(Number(real.port), real.hostname);
    client.pipe(server);
    server.on("data", (chunk) => {
      if (isFirst && chunk.subarray(-6).equals(ready)) client.end(Buffer.concat([chunk, goodbye()]));
      else client.write(chunk);
    });
    for (const socket of [client, server]) socket.on("error", () => undefined);
    client.on("close", () => server.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const url = new URL(database.url);
  url.port = String((proxy.address() as AddressInfo).port);
  const through = openDatabase(url.href, { poolSize: 1, applicationName: "test" });
  const one = () => inTransaction(through.pool, (tx) => tx.query<{ one: number }>("select 1 as one"));
  await expect(one()).rejects.toThrow();
  expect((await one()).rows).toEqual([{ one: 1 }]);
  await through.close();
  proxy.close();
});
