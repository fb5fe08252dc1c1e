import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { boundary } from "@shopify/shopify-app-remix/server";

import { PageFrame } from "#app/ui/page-frame.tsx";

import { loadPage } from "./load-page.server.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, () => Promise.resolve({}));
}

export default function Stub() {
  return <PageFrame title="Job">{null}</PageFrame>;
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
