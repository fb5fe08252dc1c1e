/**
 * Configuration of the Prisma command line only; the running app never reads it (app/lib/db.server.ts).
 *
 * Prisma runs here on its bundled WASM schema engine (`engine: "js"`), so no command downloads a binary.
 * The engine talks through @prisma/adapter-pg 6.19.3, which was not made for migrations. Its
 * habits, and one of the engine, are put right below; each was found by the command failing without it.
 */
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { defineConfig } from "prisma/config";

// `prisma generate` runs on every install, before any database exists. Without a valid url the schema does not
// parse, and Prisma would then download an engine.
if (!process.env.DATABASE_URL?.startsWith("postgres")) {
  process.env.DATABASE_URL = "postgres://postgres@127.0.0.1:5432/erp_sync";
}

// 1. The adapter does not know the catalog types the engine reads ("char", name, and their arrays), so they are
//    announced as text: "Column type 'name' could not be deserialized" otherwise.
const asText = new Map([
  [18, 25],
  [19, 25],
  [1002, 1009],
  [1003, 1009],
]);
type RowDescription = { fields: { dataTypeID: number }[] };
type QueryInternals = { handleRowDescription: (message: RowDescription) => void };
const query = pg.Query.prototype as unknown as QueryInternals;
const handleRowDescription = query.handleRowDescription;
query.handleRowDescription = function (message) {
  for (const field of message.fields) field.dataTypeID = asText.get(field.dataTypeID) ?? field.dataTypeID;
  handleRowDescription.call(this, message);
};

/** The connection in parts: given a `connectionString`, the shadow database would be the original one (2). */
function connectionParts(databaseUrl: string): pg.PoolConfig {
  const url = new URL(databaseUrl);
  const sslMode = url.searchParams.get("sslmode");
  return {
    host: url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    ssl: sslMode && sslMode !== "disable" ? { rejectUnauthorized: sslMode.startsWith("verify") } : false,
    idleTimeoutMillis: 10, // so that a command does not linger after its last query
  };
}

class MigratingPrismaPg extends PrismaPg {
  readonly #connection: pg.PoolConfig;

  constructor(connection: pg.PoolConfig) {
    super(connection);
    this.#connection = connection;
  }

  override async connect() {
    const adapter = await super.connect();
    // 3. The adapter cuts scripts at every ";", also inside function bodies and strings, and sends the pieces
    //    over several connections. Sent whole, a migration is one implicit transaction: all of it or nothing.
    adapter.executeScript = async (script) => {
      await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
    };
    return adapter;
  }

  // 4. The adapter drops the shadow database while still connected to it.
  override async connectToShadowDb() {
    const database = `prisma_shadow_${crypto.randomUUID()}`;
    const server = await this.connect();
    await server.executeScript(`create database "${database}"`);
    const shadow = await new MigratingPrismaPg({ ...this.#connection, database }).connect();
    const disconnect = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await disconnect();
      await server.executeScript(`drop database "${database}"`);
      await server.dispose();
    };
    return shadow;
  }
}

// 5. The engine never clears the ten-second timer of its migration lock: every command would end ten seconds late.
const { setTimeout } = globalThis;
globalThis.setTimeout = Object.assign(
  (...args: Parameters<typeof setTimeout>) => {
    const timer = setTimeout(...args);
    return args[1] === 10_000 ? timer.unref() : timer;
  },
  { __promisify__: setTimeout.__promisify__ },
) as typeof setTimeout;

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  experimental: { adapter: true },
  engine: "js",
  adapter: () => Promise.resolve(new MigratingPrismaPg(connectionParts(process.env.DATABASE_URL ?? ""))),
});
