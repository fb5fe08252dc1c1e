import { getContext } from "#app/context.server.ts";
import { loadConnection, type Connection } from "#app/settings/load-connection.server.ts";
import { authenticate, welcomeShop } from "#app/shopify.server.ts";

/**
 * Who is asking, and how their shop is connected. On the very first load several loaders run at once, and
 * all but one find a session whose shop is not recorded yet: each then records it, which is the same thing.
 * @throws Response where the Shopify library sends whoever it does not know
 */
export async function authenticatePage(request: Request): Promise<{ shop: string; connection: Connection }> {
  const { session } = await authenticate.admin(request);
  const { pool } = getContext().database;
  const { shop } = session;
  let connection = await loadConnection(pool, { shop });
  if (!connection) {
    await welcomeShop(session);
    connection = await loadConnection(pool, { shop });
  }
  if (!connection) throw new Error(`${shop} could not be recorded as installed`);
  return { shop, connection };
}
