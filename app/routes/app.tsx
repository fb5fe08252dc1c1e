import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { isRouteErrorResponse, Outlet, useLoaderData, useRouteError } from "@remix-run/react";
import { NavMenu } from "@shopify/app-bridge-react";
import { AppProvider } from "@shopify/shopify-app-remix/react";
import { boundary } from "@shopify/shopify-app-remix/server";

import { getContext } from "#app/context.server.ts";
import { noPages } from "#app/lib/no-pages.ts";
import { saysPhone } from "#app/lib/says-phone.ts";
import { useEmbeddedHref } from "#app/ui/embedded-href.ts";
import { PhoneProvider } from "#app/ui/narrow.tsx";
import { RouteErrorPage } from "#app/ui/route-error-page.tsx";
import { ShopFormat } from "#app/ui/shop-format.tsx";

import { loadPage } from "./load-page.server.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { env } = getContext();
  const { shopify, appBridgeUrl } = env;
  if (shopify?.mode !== "app") throw noPages(shopify);
  return loadPage(request, ({ connection: { locale, timeZone } }) =>
    Promise.resolve({
      ...{ apiKey: shopify.apiKey, appBridgeUrl, locale, timeZone },
      isPhone: saysPhone(request.headers.get("user-agent")),
    }),
  );
}

/** The app's menu. */
const PAGES = [
  { path: "/app/orders", label: "Orders" },
  { path: "/app/remittances", label: "Remittances" },
  { path: "/app/outbox", label: "Updates to Shopify" },
  { path: "/app/catalogue", label: "Catalogue" },
  { path: "/app/customers", label: "Customers" },
  { path: "/app/inventory", label: "Inventory" },
  { path: "/app/jobs", label: "Jobs" },
  { path: "/app/cache/order", label: "Cache" },
  { path: "/app/webhooks", label: "Webhooks" },
  { path: "/app/settings/shopify", label: "Shopify settings" },
  { path: "/app/settings/payment-rules", label: "Payment rules" },
  { path: "/app/settings/orders", label: "Order rules" },
  { path: "/app/settings/stock", label: "Stock rules" },
  { path: "/app/settings/write-back", label: "Write-back" },
];

/** Everything inside Shopify Admin: App Bridge, Polaris, the app's menu. */
export default function App() {
  const { apiKey, appBridgeUrl, locale, timeZone, isPhone } = useLoaderData<typeof loader>();
  const href = useEmbeddedHref();
  return (
    <AppProvider isEmbeddedApp apiKey={apiKey} __APP_BRIDGE_URL={appBridgeUrl}>
      <NavMenu>
        <a href={href("/app")} rel="home">
          Home
        </a>
        {PAGES.map(({ path, label }) => (
          <a key={path} href={href(path)}>
            {label}
          </a>
        ))}
      </NavMenu>
      <ShopFormat locale={locale} timeZone={timeZone}>
        <PhoneProvider value={isPhone}>
          <Outlet />
        </PhoneProvider>
      </ShopFormat>
    </AppProvider>
  );
}

/**
 * A page of the library's own (a way out of the iframe) reaches the browser as it is; everything else is said
 * in words. Only on the server: the library knows its pages by a class name that the browser's code has not kept.
 */
export function ErrorBoundary() {
  const error = useRouteError();
  const isLibraryPage = isRouteErrorResponse(error) && /<script/.test(String(error.data));
  return import.meta.env.SSR && isLibraryPage ? boundary.error(error) : <RouteErrorPage />;
}

export const headers: HeadersFunction = (args) => boundary.headers(args);
