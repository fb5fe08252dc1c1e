import pg from "pg";

/** Held by a demo on the database it uses, as long as it is up. */
const DEMO_LOCK = 7_270_003;

/**
 * Two demos on one database would take each other's jobs and remove each other's store. The lock ends with its connection, however
 * the demo ends.
 * @returns how to let go of it; null where a demo is running
 */
export async function takeDemoLock(url: string): Promise<(() => Promise<void>) | null> {
  const client = new pg.Client({ connectionString: url, application_name: "demo-lock" });
  client.on("error", () => undefined); // whoever uses the database hears of a lost server by itself
  await client.connect();
  const { rows } = await client.query<{ free: boolean }>("select pg_try_advisory_lock($1) as free", [
    DEMO_LOCK,
  ]);
  const free = rows[0]?.free === true;
  if (!free) await client.end();
  return free ? () => client.end() : null;
}
