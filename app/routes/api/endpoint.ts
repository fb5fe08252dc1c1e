import { createRoute, z } from "@hono/zod-openapi";

import { refusals } from "./schemas.ts";

const NoQuery = z.strictObject({});

/** An endpoint's definition. One that says nothing of a query takes none: a misspelt or misplaced filter is refused, not ignored. One with a body says what becomes of a wrong one. */
export const endpoint: typeof createRoute = (config) =>
  createRoute({
    ...config,
    request: { query: NoQuery, ...config.request },
    responses: { ...(config.request?.body ? refusals("NOT_JSON", "TOO_LARGE") : {}), ...config.responses },
  });
