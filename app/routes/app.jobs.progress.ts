import type { LoaderFunctionArgs } from "@remix-run/node";

import { loadPage } from "./load-page.server.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, () => Promise.resolve(new Response("")));
}
