/** What PostgreSQL says of an error quotes rows and values: none of it gets into the log, whoever throws it. */
import type { Pool } from "pg";
import { expect } from "vitest";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { createLog } from "./log.server.ts";

const person = `Zubeida "Zu" Qadiriwala`;

/** The line that is logged of what a statement throws. */
async function lineOf(work: Promise<unknown>): Promise<{ err: Record<string, unknown>; line: string }> {
  let line = "";
  const log = createLog("info", { write: (text: string) => void (line = text) });
  await work.then(
    () => expect.unreachable("it was to fail"),
    (err: unknown) => {
      log.error({ err }, "failed");
    },
  );
  return { err: (JSON.parse(line) as { err: Record<string, unknown> }).err, line };
}

const ofPerson = (pool: Pool, sql: string) => lineOf(pool.query(sql, [person]));

test("a key that exists, a row that fails a check, a value nobody can read: the row stays out, the place is told", async ({
  database: { pool },
}) => {
  await pool.query(
    `CREATE TABLE people (name text CONSTRAINT one_name UNIQUE, age int CONSTRAINT grown CHECK (age > 17))`,
  );
  await pool.query(`INSERT INTO people VALUES ($1, 40)`, [person]);
  const known = await ofPerson(pool, `INSERT INTO people VALUES ($1, 41)`);
  expect(known.err).toMatchObject({
    ...{ code: "23505", table: "people", constraint: "one_name" },
    message: `duplicate key value violates unique constraint "one_name"`,
  });
  const young = await ofPerson(pool, `INSERT INTO people VALUES ($1 || '!', 7)`);
  expect(young.err).toMatchObject({
    ...{ code: "23514", constraint: "grown" },
    message: `new row for relation "people" violates check constraint "grown"`,
  });
  const unread = await ofPerson(pool, `SELECT $1::text::timestamptz`);
  expect(unread.err).toMatchObject({
    ...{ code: "22007", message: `invalid input syntax for type timestamp with time zone: "[redacted]"` },
  });
  const inside = await ofPerson(
    pool,
    `SELECT format('SELECT %L::int', $1::text), query_to_xml(format('SELECT %L::int', $1::text), true, true, '')`,
  );
  expect(inside.err).toMatchObject({ code: "22P02" });
  for (const { err, line } of [known, young, unread, inside]) {
    expect(line).not.toMatch(/zubeida|qadiriwala/i);
    expect(err).not.toHaveProperty("detail");
    expect(err).not.toHaveProperty("where");
    expect(err).not.toHaveProperty("internalQuery");
    expect(err["stack"]).toMatch(/\n\s+at /);
  }
});

test("an error of Prisma's, and one that wraps the database's, say no more", async ({ database }) => {
  const raw = await lineOf(database.prisma.$queryRaw`SELECT ${person}::text::int`);
  expect(raw.line).toContain("22P02");
  const wrapped = await lineOf(
    database.pool.query(`SELECT $1::text::int`, [person]).catch((cause: unknown) => {
      throw new Error("the order was not stored", { cause });
    }),
  );
  expect(wrapped.err["message"]).toBe(
    `the order was not stored: invalid input syntax for type integer: "[redacted]"`,
  );
  for (const { line } of [raw, wrapped]) expect(line).not.toMatch(/zubeida|qadiriwala/i);
});
