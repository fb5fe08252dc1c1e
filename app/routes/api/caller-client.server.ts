import type { AppContext } from "#app/context.server.ts";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import { askForToken } from "#app/shopify/client/ask-for-token.server.ts";

import { pageClient } from "../page-client.server.ts";
import type { Caller } from "./caller.server.ts";

/** A shop's Admin API for somebody who calls the API and waits. For a machine a token that has ended is renewed first. */
export async function callerClient(context: AppContext, caller: Caller): Promise<AdminClient> {
  const { database, env, now } = context;
  if (caller.via === "key" && env.shopify?.mode === "app")
    await askForToken(database.pool, { shop: caller.shop, now });
  return pageClient(context, caller);
}
