import type { JobType } from "#app/jobs/job-catalogue.ts";
import { createLog } from "#app/lib/log.server.ts";
import { createApiKey } from "#app/settings/api-keys.server.ts";
import { apiScopes, type ApiScope } from "#app/settings/api-scopes.ts";
import { makeKnown, processAll } from "#tests/fixtures/a-shop-that-knows.ts";
import { zubeida } from "#tests/fixtures/a-person.ts";
import { runJobOf } from "#tests/setup/a-connected-shop.ts";
import { routeFiles, serveRoutes } from "#tests/setup/serve-routes.ts";
import { installInSimulatedShop } from "#tests/setup/simulated-shop.ts";
import { createTestDatabase } from "#tests/setup/test-database.ts";

/** Another merchant's, with people, orders and keys of its own. */
export const otherShop = "other-shop.myshopify.com";

export type CallAs = ApiScope | "session" | "other shop" | "nobody" | { token: string };
export type Call = {
  method: string;
  path: string;
  as: CallAs;
  /** Sent as JSON; a text goes as it is. */
  body?: unknown;
  headers?: Record<string, string>;
};
export type Answer = { status: number; headers: Headers; text: string; body: unknown };

/**
 * The API over HTTP, of a simulated shop whose records are in the ERP, beside another shop's. `fetch` of this process goes to
 * the simulator as in the demo (its preload), so use it in a test file of its own.
 */
export async function startApi({ orders = 12 }: { orders?: number } = {}) {
  const { db: database, drop } = await createTestDatabase("api");
  const sim = await installInSimulatedShop(database, { orders, seed: 3, restoreRate: 100_000 });
  const { shop, simulator } = sim;
  const context = { env: sim.env, database, log: createLog("silent"), now: () => new Date() };
  for (const jobType of ["products", "customers", "orders"] satisfies JobType[])
    await runJobOf({ context: { ...context, fetch: sim.fetch }, shop }, jobType);

  await makeKnown(database.pool, otherShop, zubeida);
  await processAll(database.pool, otherShop);

  process.env["SIMULATOR_URL"] = simulator.url;
  await import(new URL("../../simulator/preload.mjs", import.meta.url).href);
  const server = await serveRoutes(
    context,
    routeFiles((path) => path === "api/*"),
  );

  const keyOf = async (of: string, scopes: readonly ApiScope[]) => {
    const { key } = await createApiKey(database.pool, {
      ...{ shop: of, name: scopes.join(), scopes, createdBy: "test", now: context.now() },
    });
    return key;
  };
  const keys = {
    read: await keyOf(shop, ["read"]),
    sync: await keyOf(shop, ["sync"]),
    erp: await keyOf(shop, ["erp"]),
    "other shop": await keyOf(otherShop, apiScopes),
  };
  const tokenOf = (as: CallAs): string | null => {
    if (as === "nobody") return null;
    if (as === "session") return simulator.issueSessionToken();
    return typeof as === "string" ? keys[as] : as.token;
  };

  return {
    ...{ database, pool: database.pool, simulator, shop, url: server.url, context, keys },
    async call({ method, path, as, body, headers = {} }: Call): Promise<Answer> {
      const token = tokenOf(as);
      const response = await fetch(`${server.url}${path}`, {
        method,
        headers: {
          "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0 Safari/537.36",
          ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = text !== "" && response.headers.get("Content-Type")?.includes("json") === true;
      return {
        ...{ status: response.status, headers: response.headers, text },
        body: isJson ? (JSON.parse(text) as unknown) : null,
      };
    },
    async stop() {
      await server.close();
      await simulator.close();
      await drop();
    },
  };
}

export type TestApi = Awaited<ReturnType<typeof startApi>>;
