import { randomUUID } from "node:crypto";
import pg from "pg";
import { migrate } from "./migrate.ts";

type ThrowawayDatabase = { url: string; drop: () => Promise<void> };

/** A migrated database of its own on the server of `serverUrl`. */
export async function createThrowawayDatabase(serverUrl: string): Promise<ThrowawayDatabase> {
  const name = `throwaway_${randomUUID().replaceAll("-", "").slice(0, 12)}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await run(serverUrl, `CREATE DATABASE "${name}"`);
  const drop = () => run(serverUrl, `DROP DATABASE "${name}" WITH (FORCE)`);
  try {
    await migrate(url.href);
  } catch (error) {
    await drop();
    throw error;
  }
  return { url: url.href, drop };
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
