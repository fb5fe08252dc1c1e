import type { AdminClient } from "./admin-client.server.ts";

const document = `query AccessScopes { currentAppInstallation { accessScopes { handle } } }`;

type Answer = { currentAppInstallation: { accessScopes: { handle: string }[] } };

/** What the app may do in this shop right now. A merchant may have taken a scope away since the token was made. */
export async function fetchAccessScopes(client: AdminClient): Promise<string[]> {
  const { data } = await client.graphql<Answer>(document);
  return data.currentAppInstallation.accessScopes.map((scope) => scope.handle);
}
