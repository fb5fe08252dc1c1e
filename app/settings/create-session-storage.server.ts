import { MissingSessionTableError, PrismaSessionStorage } from "@shopify/shopify-app-session-storage-prisma";

import type { Database } from "#app/lib/db.server.ts";

type Library = PrismaSessionStorage<Database["prisma"]>;
type Storage = Pick<
  Library,
  "storeSession" | "loadSession" | "deleteSession" | "deleteSessions" | "findSessionsByShop"
>;

/**
 * The Shopify library's sessions in our database. Its own storage asks once, when it is made, whether its table is there, and says
 * "does not exist" for ever after where the database only did not answer at that moment. Here it is then made anew at the next
 * question, and what is thrown is the database's own error.
 */
export function createSessionStorage(prisma: Database["prisma"]): Storage {
  let storage: Library | null = null;
  const perform = async <Result>(act: (library: Library) => Promise<Result>): Promise<Result> => {
    storage ??= new PrismaSessionStorage(prisma, { connectionRetries: 1, connectionRetryIntervalMs: 0 });
    try {
      return await act(storage);
    } catch (error) {
      if (!(error instanceof MissingSessionTableError)) throw error;
      storage = null;
      await prisma.session.count();
      return perform(act);
    }
  };
  return {
    storeSession: (session) => perform((library) => library.storeSession(session)),
    loadSession: (id) => perform((library) => library.loadSession(id)),
    deleteSession: (id) => perform((library) => library.deleteSession(id)),
    deleteSessions: (ids) => perform((library) => library.deleteSessions(ids)),
    findSessionsByShop: (shop) => perform((library) => library.findSessionsByShop(shop)),
  };
}
