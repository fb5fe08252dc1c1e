import { installApp } from "../../scripts/install-app.ts";
import { startStack, type Stack, type StackOptions } from "../../scripts/start-stack.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

export type TestStack = Stack & { database: TestDatabase["db"] };

/** A store with the app, as processes of their own over a database of their own. `stop` leaves nothing behind. */
export async function startTestStack(
  options: Omit<StackOptions, "databaseUrl"> & {
    /** Opens the app once, so that the worker has a token; true by default. */
    install?: boolean;
  } = {},
): Promise<TestStack> {
  const { url, db, drop } = await createTestDatabase();
  try {
    const stack = await startStack({ ...options, databaseUrl: url });
    if (options.install ?? true) await installApp(stack);
    return {
      ...stack,
      database: db,
      stop: async () => {
        await stack.stop();
        await drop();
      },
    };
  } catch (error) {
    await drop();
    throw error;
  }
}
