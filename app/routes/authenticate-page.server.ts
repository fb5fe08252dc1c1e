import { getContext } from "#app/context.server.ts";
import { loadConnection, type Connection } from "#app/settings/load-connection.server.ts";
import { authenticate, welcomeShop } from "#app/shopify.server.ts";

/** Who opened a page. */
export type PageVisit = {
  shop: string;
  /** The person, by Shopify's id, as the session token names them. */
  userId: string;
  connection: Connection;
  /** Of the page's session: the library has exchanged it anew if the stored one was about to end. */
  accessToken: string | undefined;
};

/**
 * Who is asking, and how their shop is connected. On the very first load several loaders run at once, and
 * all but one find a session whose shop is not recorded yet: each then records it, which is the same thing.
 * @throws Response where the Shopify library sends whoever it does not know
 */
export async function authenticatePage(request: Request): Promise<PageVisit> {
  const { session, sessionToken } = await authenticate.admin(request);
  const { pool } = getContext().database;
  const { shop, accessToken } = session;
  let connection = await loadConnection(pool, { shop });
  if (!connection) {
    await welcomeShop(session);
    connection = await loadConnection(pool, { shop });
  }
  if (!connection) throw new Error(`${shop} could not be recorded as installed`);
  return { shop, userId: sessionToken.sub, connection, accessToken };
}
