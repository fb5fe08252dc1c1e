import { isRouteErrorResponse, useRouteError } from "@remix-run/react";

/**
 * What a person sees when a page cannot be shown at all: the words of a thrown `Response`
 * ("Shopify is not configured"), or a plain apology for a bug, whose details stay in the log.
 * Uses no Polaris: it also stands where Polaris' provider could not be reached.
 */
export function RouteErrorPage() {
  const error = useRouteError();
  const known = isRouteErrorResponse(error);
  const text = known && typeof error.data === "string" && error.data !== "" ? error.data : null;
  // The first line of such an answer says what is, the second what to do.
  const [words, next] = text?.split("\n", 2) ?? [];
  return (
    <main style={{ maxWidth: "36rem", margin: "4rem auto", padding: "0 1rem", fontFamily: "system-ui" }}>
      <h1 style={{ fontSize: "1.5rem", lineHeight: 1.3 }}>
        {words ?? (known && error.status === 404 ? "Page not found" : "Something went wrong")}
      </h1>
      <p style={{ marginTop: "0.75rem" }}>{next ?? nextStep(known ? error.status : 500)}</p>
    </main>
  );
}

function nextStep(status: number): string {
  if (status === 404) return "Open the app from Shopify Admin and choose a page from its menu.";
  return "Reload the page. If it happens again, the app's log says why.";
}
