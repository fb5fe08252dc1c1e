import { redirect, type LoaderFunctionArgs } from "@remix-run/node";

import { login } from "#app/shopify.server.ts";

/**
 * Where the library sends whoever it does not know. With a shop it sends them on to install the app
 * there; without one nobody can sign in: the first page says where the app lives.
 */
export async function loader({ request }: LoaderFunctionArgs) {
  if (new URL(request.url).searchParams.has("shop")) await login(request);
  return redirect("/");
}
