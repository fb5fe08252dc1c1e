import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import { fetchAccessScopes } from "#app/shopify/client/fetch-access-scopes.server.ts";
import { shopClient } from "#app/shopify/client/shop-client.server.ts";
import type { JobContext } from "./job-context.server.ts";
import type { JobHandle } from "./job-progress.server.ts";

export type ShopifyOfJob = { client: AdminClient; scopes: string[] };

/** The shop's Admin API as a job uses it: waits are shown as its steps and end with it. Asks what is granted now. */
export async function connectShop(context: JobContext, job: JobHandle): Promise<ShopifyOfJob> {
  const client = shopClient(context, {
    shop: job.shop,
    fetch: context.fetch,
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
