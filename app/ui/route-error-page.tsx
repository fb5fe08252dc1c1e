import { useRouteError } from "@remix-run/react";

import { routeProblem } from "./route-problem.ts";

/**
 * What a person sees when nothing of the app can be shown. Uses no Polaris: it also stands where Polaris' provider could not be reached.
 */
export function RouteErrorPage() {
  const { message, next } = routeProblem(useRouteError());
  return (
    <main style={{ maxWidth: "36rem", margin: "4rem auto", padding: "0 1rem", fontFamily: "system-ui" }}>
      <h1 style={{ fontSize: "1.5rem", lineHeight: 1.3 }}>{message}</h1>
      <p style={{ marginTop: "0.75rem" }}>{next}</p>
    </main>
  );
}
