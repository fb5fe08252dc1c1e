import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "#prisma-client/client.ts";
import { typeParsers } from "./type-parsers.server.ts";

/**
 * Anything SQL can be sent to: the pool, or one connection inside a transaction. Every repository function
 * takes one. What comes out: `timestamptz` as Date, `int8` as number, `numeric` and `date` as string.
 * For COPY take a `pg.PoolClient`.
 */
export type Db = {
  query<Row extends pg.QueryResultRow = Record<string, unknown>>(
    query: string | pg.QueryConfig,
    values?: unknown[],
  ): Promise<pg.QueryResult<Row>>;
};

export type Database = {
  pool: pg.Pool;
  /** The everyday client. It takes its connections from the same pool. */
  prisma: PrismaClient;
  url: string;
  /** Waits for running queries, then closes every connection. */
  close: () => Promise<void>;
};

/**
 * Opens nothing yet: the first query connects. `applicationName` is what PostgreSQL shows in
 * `pg_stat_activity`. A connection that breaks while idle is replaced by the pool; `onIdleError` may log it.
 */
export function openDatabase(
  url: string,
  options: { poolSize: number; applicationName: string; onIdleError?: (error: Error) => void },
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.poolSize,
    application_name: options.applicationName,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    types: typeParsers,
  });
  pool.on("error", (error) => options.onIdleError?.(error));
  // The pool listens to a connection's errors only while it is idle. One that is lost between being handed over and its first
  // query, or between two, would end the process without a listener; whoever holds it hears of the loss by its next query.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const close = async () => {
    await prisma.$disconnect();
    await pool.end();
  };
  return { pool, prisma, url, close };
}

/**
 * Runs `work` in one transaction on one connection: commits what it returns from, rolls back what it throws.
 * The error of `work` comes out unchanged. A broken connection is thrown away, not put back into the pool.
 */
export async function inTransaction<T>(pool: pg.Pool, work: (tx: pg.PoolClient) => Promise<T>): Promise<T> {
  const tx = await pool.connect();
  let broken: Error | undefined;
  // Lost between two queries: not to be put back into the pool.
  const onError = (error: Error) => {
    broken = error;
  };
  tx.on("error", onError);
  try {
    await tx.query("begin");
    const result = await work(tx);
    await tx.query("commit");
    return result;
  } catch (error) {
    await tx.query("rollback").catch((rollbackError: unknown) => {
      broken ??= rollbackError instanceof Error ? rollbackError : new Error(String(rollbackError));
    });
    throw error;
  } finally {
    tx.removeListener("error", onError);
    tx.release(broken);
  }
}
