import type { AppContext } from "#app/context.server.ts";
import type { Database } from "#app/lib/db.server.ts";
import { createLog } from "#app/lib/log.server.ts";
import { parseEnv } from "#app/lib/parse-env.ts";

import { aSecret } from "./a-delivery.ts";

/** The environment of an app that Shopify knows. */
export const appEnvironment = {
  SHOPIFY_API_KEY: "key",
  SHOPIFY_API_SECRET: aSecret,
  SHOPIFY_APP_URL: "https://erp.example.com",
};

export const receivedAt = new Date("2026-11-22T10:00:01.000Z");

/** The context of a web process with this database and environment. */
export function aWebhookContext(
  database: Database,
  environment: Record<string, string> = appEnvironment,
): AppContext {
  return { env: parseEnv(environment), database, log: createLog("silent"), now: () => receivedAt };
}
