import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { boundary } from "@shopify/shopify-app-remix/server";

import { AppError } from "#app/lib/errors.ts";

import { loadPage } from "./load-page.server.ts";

/** Any address below the app that no page has: said inside the app, so that its menu stays. */
export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, ({ url }) =>
    Promise.reject(new AppError("NOT_FOUND", `There is no page at ${url.pathname}.`)),
  );
}

export default function NoSuchPage() {
  return null;
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
