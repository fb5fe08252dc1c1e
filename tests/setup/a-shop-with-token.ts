import type { Database } from "#app/lib/db.server.ts";
import type { SimulatorOptions } from "#simulator/start-simulator.ts";
import { installInSimulatedShop } from "./simulated-shop.ts";
import { databaseTest } from "./test-database.ts";

/** A simulated shop with the app installed, whose stored token can be read and aged. */
export async function aShopWithToken(database: Database, options: SimulatorOptions = {}) {
  const sim = await installInSimulatedShop(database, { orders: 1, ...options });
  const where = { id: `offline_${sim.shop}` };
  const asked = () =>
    sim.simulator.requests().filter(({ path }) => path === "/admin/oauth/access_token").length;
  const atInstall = asked();
  return {
    ...sim,
    /** The token as it is stored now. */
    session: () => database.prisma.session.findUniqueOrThrow({ where }),
    /** Moves the end of the stored token to so many milliseconds from now. */
    expireIn: (ms: number) =>
      database.prisma.session.update({ where, data: { expires: new Date(Date.now() + ms) } }),
    /** How often Shopify was asked for a token since the install. */
    renewals: () => asked() - atInstall,
  };
}

/** `tokenTest("…", async ({ sim }) => …)`: such a shop of its own for each test that asks for one. */
export const tokenTest = databaseTest.extend("sim", async ({ database }, { onCleanup }) => {
  const sim = await aShopWithToken(database);
  onCleanup(() => sim.simulator.close());
  return sim;
});
