import pg from "pg";

/** Filled by the migrations themselves. */
const KEPT = "_prisma_migrations";

/**
 * What a test may have changed and no emptied table undoes: schemas, relations, columns, indexes, constraints, triggers, functions,
 * settings. Emptying a table gives it new files, so their names count for nothing.
 */
const SHAPE = `
  select md5(string_agg(what, ' ' order by what)) as shape from (
    select concat_ws(' ', 'schema', nspname) as what from pg_namespace where nspname !~ '^pg_(temp|toast_temp)'
    union all select concat_ws(' ', 'relation', oid, relname, relkind, relchecks, relhastriggers, relrowsecurity, reloptions)
       from pg_class where relnamespace = 'public'::regnamespace
    union all select concat_ws(' ', 'column', attrelid, attnum, attribute.xmin) from pg_attribute attribute
       join pg_class on pg_class.oid = attrelid where relnamespace = 'public'::regnamespace and relkind = 'r'
    union all select concat_ws(' ', 'index', indexrelid, pg_get_indexdef(indexrelid)) from pg_index
       join pg_class on pg_class.oid = indexrelid where relnamespace = 'public'::regnamespace
    union all select concat_ws(' ', 'constraint', oid, pg_get_constraintdef(oid)) from pg_constraint
       where connamespace = 'public'::regnamespace
    union all select concat_ws(' ', 'trigger', oid, tgenabled) from pg_trigger
    union all select concat_ws(' ', 'function', oid, xmin) from pg_proc where pronamespace = 'public'::regnamespace
    union all select concat_ws(' ', 'setting', setconfig) from pg_db_role_setting
       where setdatabase = (select oid from pg_database where datname = current_database())
  ) told`;

/** A table that was ever written to has pages, whatever is in it now. */
const WRITTEN_TO = `
  select format('%I', relname) as name from pg_class
  where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> '${KEPT}' and pg_relation_size(oid) > 0`;

const END_OTHERS = `
  select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;

/** What the database at `url` is made of, as a hash. @throws Error when a table has rows already: emptied, it would lack them */
export async function readShape(url: string): Promise<string> {
  return connected(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(WRITTEN_TO);
    if (rows.length > 0)
      throw new Error(`The migrations fill ${rows.map(({ name }) => name).join(", ")}: tests would empty it`);
    return shapeOf(client);
  });
}

/**
 * Makes a migrated database as good as new: ends whoever is still connected, empties every table that was written to, begins their
 * numbers anew. @returns false when a test has changed more than rows: then it must not be used again
 */
export async function cleanDatabase(url: string, shape: string): Promise<boolean> {
  return connected(url, async (client) => {
    await client.query(END_OTHERS);
    const { rows } = await client.query<{ name: string }>(WRITTEN_TO);
    if (rows.length > 0)
      await client.query(`truncate ${rows.map(({ name }) => name).join(", ")} restart identity`);
    return (await shapeOf(client)) === shape;
  });
}

async function shapeOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ shape: string }>(SHAPE);
  return rows[0]?.shape ?? "";
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: "clean-database" });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
