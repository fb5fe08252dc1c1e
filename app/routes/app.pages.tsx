import { isRouteErrorResponse, Outlet, useLocation, useNavigation, useRouteError } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { useEffect, useState } from "react";

import { PageProblem } from "#app/ui/page-problem.tsx";
import { PageSkeleton } from "#app/ui/page-skeleton.tsx";

/** A page that is there sooner shows no skeleton: it would only flicker. */
const SLOW_MS = 250;

/** Around every page: the Admin's loading bar while something loads, a skeleton where another page takes its time. */
export default function Pages() {
  const isSlow = useIsSlow();
  return isSlow ? <PageSkeleton /> : <Outlet />;
}

function useIsSlow(): boolean {
  const shopify = useAppBridge();
  const { pathname } = useLocation();
  const navigation = useNavigation();
  const isLoading = navigation.state === "loading";
  const isOther = isLoading && navigation.location.pathname !== pathname;
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!isLoading) return;
    shopify.loading(true);
    return () => {
      shopify.loading(false);
    };
  }, [isLoading, shopify]);
  useEffect(() => {
    if (!isOther) return;
    const timer = setTimeout(() => {
      setSlow(true);
    }, SLOW_MS);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [isOther]);
  return slow && isOther;
}

/**
 * A page of the Shopify library's own (a way out of the iframe) reaches the browser as it is; everything else is said in words.
 * Only on the server: the library knows its pages by a class name that the browser's code has not kept.
 */
export function ErrorBoundary() {
  const error = useRouteError();
  const isLibraryPage = isRouteErrorResponse(error) && /<script/.test(String(error.data));
  return import.meta.env.SSR && isLibraryPage ? boundary.error(error) : <PageProblem />;
}
