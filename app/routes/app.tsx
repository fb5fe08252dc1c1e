import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { isRouteErrorResponse, Outlet, useLoaderData, useRouteError } from "@remix-run/react";
import { NavMenu } from "@shopify/app-bridge-react";
import { AppProvider } from "@shopify/shopify-app-remix/react";
import { boundary } from "@shopify/shopify-app-remix/server";

import { getContext } from "#app/context.server.ts";
import { notConfigured } from "#app/lib/not-configured.ts";
import { useEmbeddedHref } from "#app/ui/embedded-href.ts";
import { RouteErrorPage } from "#app/ui/route-error-page.tsx";
import { ShopFormat } from "#app/ui/shop-format.tsx";

import { authenticatePage } from "./authenticate-page.server.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { env } = getContext();
  if (env.shopify?.mode !== "app") throw notConfigured();
  const { connection } = await authenticatePage(request);
  return {
    apiKey: env.shopify.apiKey,
    appBridgeUrl: env.appBridgeUrl,
    locale: connection.locale,
    timeZone: connection.timeZone,
  };
}

/** Everything inside Shopify Admin: App Bridge, Polaris, the app's menu. */
export default function App() {
  const { apiKey, appBridgeUrl, locale, timeZone } = useLoaderData<typeof loader>();
  const href = useEmbeddedHref();
  return (
    <AppProvider isEmbeddedApp apiKey={apiKey} __APP_BRIDGE_URL={appBridgeUrl}>
      <NavMenu>
        <a href={href("/app")} rel="home">
          Home
        </a>
        <a href={href("/app/settings/shopify")}>Shopify settings</a>
      </NavMenu>
      <ShopFormat locale={locale} timeZone={timeZone}>
        <Outlet />
      </ShopFormat>
    </AppProvider>
  );
}

/** Responses the library throws carry a page or headers of their own and must reach the browser as they are. */
export function ErrorBoundary() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status < 500 && error.status !== 404) return boundary.error(error);
  return <RouteErrorPage />;
}

export const headers: HeadersFunction = (args) => boundary.headers(args);
