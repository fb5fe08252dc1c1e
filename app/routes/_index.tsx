import { redirect, type LoaderFunctionArgs } from "@remix-run/node";

import { getContext } from "#app/context.server.ts";
import { notConfigured } from "#app/lib/not-configured.ts";

/** Shopify opens the app here; people who come without Shopify are told where the app lives. */
export function loader({ request }: LoaderFunctionArgs) {
  if (getContext().env.shopify?.mode !== "app") throw notConfigured();
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
