import { redirect, type LoaderFunctionArgs } from "@remix-run/node";

import { getContext } from "#app/context.server.ts";
import { noPages } from "#app/lib/no-pages.ts";

/** Shopify opens the app here; people who come without Shopify are told where the app lives. */
export function loader({ request }: LoaderFunctionArgs) {
  const { shopify } = getContext().env;
  if (shopify?.mode !== "app") throw noPages(shopify);
  const { search, searchParams } = new URL(request.url);
  if (searchParams.has("shop")) return redirect(`/app${search}`);
  return null;
}

export default function Landing() {
  return (
    <main style={{ maxWidth: "36rem", margin: "4rem auto", padding: "0 1rem", fontFamily: "system-ui" }}>
      <h1 style={{ fontSize: "1.5rem" }}>ERP Sync for Shopify</h1>
      <p>Open this app from Shopify Admin, under Apps.</p>
    </main>
  );
}
