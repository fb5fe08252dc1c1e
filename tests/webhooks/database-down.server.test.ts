import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { openDatabase } from "#app/lib/db.server.ts";
import { cuttableLine } from "#tests/setup/cuttable-line.ts";
import { createTestDatabase } from "#tests/setup/test-database.ts";

import { aDelivery, anOrderPayload } from "./a-delivery.ts";
import { serveWebhookRoutes } from "./serve-webhook-routes.ts";
import { aWebhookContext } from "./webhook-context.ts";

test("S17: while the database is down nothing is acknowledged, and Shopify's retry is then stored once", async () => {
  const database = await createTestDatabase();
  const line = await cuttableLine(database.url);
  const db = openDatabase(line.url, { poolSize: 5, applicationName: "web" });
  const served = await serveWebhookRoutes(aWebhookContext(db));
  const url = `${served.url}/api/webhooks/shopify/orders`;
  const delivery = aDelivery({ webhookId: randomUUID(), body: anOrderPayload() });
  try {
    expect((await fetch(url, aDelivery({ body: anOrderPayload() }))).status).toBe(200);

    await line.cut();
    for (let attempt = 0; attempt < 3; attempt++) {
      const answer = await fetch(url, delivery);
      expect(answer.status).toBe(500);
      expect(await answer.json()).toMatchObject({ error: { code: "DATABASE_DOWN" } });
    }

    await line.join();
    expect((await fetch(url, delivery)).status).toBe(200);
    const { rows } = await database.db.pool.query(
      `select duplicates from "WebhookDelivery" where "webhookId" = $1`,
      [delivery.headers["X-Shopify-Webhook-Id"]],
    );
    expect(rows).toEqual([{ duplicates: 0 }]);
  } finally {
    await served.close();
    await db.close();
    await line.cut();
    await database.drop();
  }
});
