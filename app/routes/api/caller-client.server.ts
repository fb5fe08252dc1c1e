import type { AppContext } from "#app/context.server.ts";
import { AppError } from "#app/lib/errors.ts";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import { askForToken } from "#app/shopify/client/ask-for-token.server.ts";

import { pageClient } from "../page-client.server.ts";
import type { Caller } from "./caller.server.ts";

/**
 * A shop's Admin API for somebody who calls the API and waits. For a machine a token that has ended is renewed first.
 * @throws AppError TOKEN_REFUSED when no worker could renew it
 */
export async function callerClient(context: AppContext, caller: Caller): Promise<AdminClient> {
  const { database, env, now } = context;
  const { shop, via } = caller;
  if (via === "key" && env.shopify?.mode === "app" && !(await askForToken(database.pool, { shop, now })))
    throw new AppError(
      "TOKEN_REFUSED",
      `The access token of ${shop} has ended, and no worker could renew it.`,
    );
  return pageClient(context, caller);
}
