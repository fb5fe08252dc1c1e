import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, type ShouldRevalidateFunction } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";

import { keepPage } from "#app/ui/keep-page.ts";
import { WorkbenchView } from "#app/ui/workbench-view.tsx";

import { answerIntent } from "./answer-intent.server.ts";
import { loadPage } from "./load-page.server.ts";
import { loadWorkbench } from "./load-workbench.server.ts";
import { performWorkbenchIntent } from "./perform-workbench-intent.server.ts";
import { WorkbenchIntent } from "./workbench-intent.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, async ({ shop, pool }) => ({
    shop,
    workbench: await loadWorkbench(pool, { shop, request }),
  }));
}

export async function action({ request }: ActionFunctionArgs) {
  return answerIntent(request, WorkbenchIntent, performWorkbenchIntent);
}

export const clientAction = keepPage;

/** Looking for a SKU changes nothing: the page stays as it is. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formData, defaultShouldRevalidate }) =>
  formData?.get("intent") === "find-skus" ? false : defaultShouldRevalidate;

/** What a person has to decide about SKUs, so that every order finds its own. */
export default function SkuWorkbench() {
  const { shop, workbench } = useLoaderData<typeof loader>();
  return <WorkbenchView shop={shop} workbench={workbench} />;
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
