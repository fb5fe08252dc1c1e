import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

import { expect, test } from "vitest";

import { createTestDatabase } from "#tests/setup/test-database.ts";
import { aDelivery, anOrderPayload, aSecret } from "#tests/webhooks/a-delivery.ts";

/** A port that is free now: the command line picks one so and hands it over. */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

test("what shopify app dev runs serves the app and its worker, and ends when told to", async () => {
  const database = await createTestDatabase();
  const port = await freePort();
  const url = `http://localhost:${String(port)}`;
  const { SHOPIFY_APP_URL: _, ...environment } = process.env;
  const dev = spawn(process.execPath, ["scripts/dev.ts"], {
    // As the command line sets them (its tunnel's address in both APP_URL and HOST).
    env: {
      ...environment,
      DATABASE_URL: database.url,
      PORT: String(port),
      SHOPIFY_API_KEY: "key",
      SHOPIFY_API_SECRET: aSecret,
      APP_URL: "https://tunnel.example.com",
      HOST: "https://tunnel.example.com",
      NODE_ENV: "development",
      LOG_LEVEL: "info",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(dev, "exit");
  let output = "";
  for (const stream of [dev.stdout, dev.stderr])
    stream.on("data", (text: Buffer) => (output += text.toString()));
  const deliver = async () => {
    const delivery = aDelivery({ body: anOrderPayload() });
    const answer = await fetch(`${url}/api/webhooks/shopify/orders`, delivery).catch(() => null);
    return { status: answer?.status, output };
  };
  try {
    // Nothing is bundled beforehand: the first request waits for the whole app to be read.
    await expect.poll(() => output, { timeout: 100_000 }).toContain("the worker is ready");
    await expect.poll(deliver, { timeout: 100_000, interval: 500 }).toMatchObject({ status: 200 });
  } finally {
    dev.kill("SIGTERM");
    const [code] = (await ended) as [number | null];
    await database.drop();
    expect(code, output).toBe(0);
  }
}, 240_000);
