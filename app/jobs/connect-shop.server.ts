import { AppError, explainError } from "#app/lib/errors.ts";
import { getAccessToken } from "#app/shopify/client/access-token.server.ts";
import { createAdminClient, type AdminClient } from "#app/shopify/client/admin-client.server.ts";
import { fetchAccessScopes } from "#app/shopify/client/fetch-access-scopes.server.ts";
import type { JobContext } from "./job-context.ts";
import type { JobHandle } from "./job-progress.server.ts";

export type ShopifyOfJob = { client: AdminClient; scopes: string[] };

/** The shop's Admin API as a job uses it: waits are shown as its steps and end with it. Asks what is granted now. */
export async function connectShop(context: JobContext, job: JobHandle): Promise<ShopifyOfJob> {
  const { env, database, log, now, fetch } = context;
  if (!env.shopify) throw new AppError("SHOPIFY_NOT_CONFIGURED", explainError("SHOPIFY_NOT_CONFIGURED").words);
  const client = createAdminClient({
    shop: job.shop,
    apiVersion: env.shopify.apiVersion,
    getAccessToken: (refused) => getAccessToken(database, env, job.shop, { refused, now: now(), fetch }),
    fetch,
    log,
    signal: job.signal,
    onWait: ({ text }) => {
      job.step(text, { level: "warn" });
    },
    onNotice: (text) => {
      job.step(text, { level: "warn" });
    },
  });
  return { client, scopes: await fetchAccessScopes(client) };
}
