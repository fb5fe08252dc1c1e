/**
 * The least a receiver of webhooks can do: the same HMAC over the same bytes and the same SQL as our own road, and nothing
 * else: no framework, no log, no metrics, no reading of the body (the load generator's header says what is in it).
 * `bare-server.ts floor` only inserts the body into one table.
 */
import { createServer, type IncomingMessage } from "node:http";
import { createHmac, timingSafeEqual } from "node:crypto";
import { ingestDelivery } from "#app/cache/ingest-delivery.server.ts";
import { openDatabase } from "#app/lib/db.server.ts";
import { RECORD_HEADER } from "./make-deliveries.ts";

const floor = process.argv[2] === "floor";
const { DATABASE_URL: url, SHOPIFY_API_SECRET: secret } = process.env;
if (!url || !secret) throw new Error("bare-server.ts [floor], DATABASE_URL and SHOPIFY_API_SECRET set");

/** As many connections as the web process has. */
const { pool } = openDatabase(url, { poolSize: 10, applicationName: "bench-bare" });

type Record = { id: string; shopifyUpdatedAt: string; header: { [column: string]: string | null } };

async function receive(incoming: IncomingMessage, body: Buffer): Promise<number> {
  const text = (name: string) => String(incoming.headers[name]);
  const expected = createHmac("sha256", secret ?? "")
    .update(body)
    .digest();
  const given = Buffer.from(text("x-shopify-hmac-sha256"), "base64");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 401;
  if (floor) {
    await pool.query(`INSERT INTO "BenchFloor" (body) VALUES ($1)`, [body]);
    return 200;
  }
  const record = JSON.parse(text(RECORD_HEADER)) as Record;
  const triggeredAt = text("x-shopify-triggered-at");
  await ingestDelivery(pool, {
    shop: text("x-shopify-shop-domain"),
    webhookId: text("x-shopify-webhook-id"),
    eventId: null,
    topic: text("x-shopify-topic"),
    apiVersion: text("x-shopify-api-version"),
    triggeredAt,
    body,
    kind: "order",
    recordId: record.id,
    isNews: false,
    payload: { ...record, shape: "rest", raw: body.toString(), triggeredAt },
    now: new Date(),
  });
  return 200;
}

const server = createServer((incoming, answer) => {
  const chunks: Buffer[] = [];
  incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
  incoming.on("end", () => {
    receive(incoming, Buffer.concat(chunks)).then(
      (status) => {
        answer.writeHead(status).end();
      },
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        answer.writeHead(500).end();
      },
    );
  });
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(`listening on port ${String(typeof address === "object" && address ? address.port : 0)}`);
});
process.once("SIGTERM", () => process.exit(0));
