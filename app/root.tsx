import { Links, Meta, Outlet, Scripts, ScrollRestoration } from "@remix-run/react";
import polarisStyles from "@shopify/polaris/build/esm/styles.css?url";
import type { ReactNode } from "react";

import { RouteErrorPage } from "#app/ui/route-error-page.tsx";
import { useNonce } from "#app/ui/nonce-context.tsx";
import steadyStyles from "#app/ui/steady.css?url";

export function links() {
  return [
    { rel: "stylesheet", href: polarisStyles },
    { rel: "stylesheet", href: steadyStyles },
  ];
}

const END = "end-of-page";

/** The document around every page; also around the error page, so that it never renders bare. */
export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>ERP Sync for Shopify</title>
        <Meta />
        <Links />
        {/* Nothing is painted before all of the page is there: half of a table has other columns, half of a page no aside. */}
        <link rel="expect" href={`#${END}`} blocking="render" />
      </head>
      <body>
        {children}
        <div id={END} hidden />
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

export function ErrorBoundary() {
  return <RouteErrorPage />;
}
