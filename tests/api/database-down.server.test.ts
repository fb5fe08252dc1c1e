import { expect, test } from "vitest";

import { openDatabase } from "#app/lib/db.server.ts";
import { routeFiles, serveRoutes } from "#tests/setup/serve-routes.ts";
import { aWebhookContext } from "#tests/webhooks/webhook-context.ts";

test("a call that meets a database that does not answer is told so, with what to do", async () => {
  const nowhere = "postgres://nobody@127.0.0.1:1/nothing";
  const database = openDatabase(nowhere, { poolSize: 1, applicationName: "test" });
  const server = await serveRoutes(
    aWebhookContext(database),
    routeFiles((path) => path === "api/*"),
  );
  try {
    const answer = await fetch(`${server.url}/api/shopify/jobs`, {
      headers: { Authorization: "Bearer erpsync_any" },
    });
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({
      error: { code: "DATABASE_DOWN", message: "The database does not answer" },
    });
  } finally {
    await server.close();
    await database.close();
  }
});
