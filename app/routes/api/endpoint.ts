import { createRoute, z } from "@hono/zod-openapi";

const NoQuery = z.strictObject({});

/** An endpoint's definition. One that says nothing of a query takes none: a misspelt or misplaced filter is refused, not ignored. */
export const endpoint: typeof createRoute = (config) =>
  createRoute({ ...config, request: { query: NoQuery, ...config.request } });
