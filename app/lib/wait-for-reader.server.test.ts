import { once } from "node:events";
import { createServer, get, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { afterEach, expect, test } from "vitest";

import { waitForReader } from "./wait-for-reader.server.ts";

const CHUNK = Buffer.alloc(64 * 1024, "x");
/** More than every buffer between two processes of one machine holds. */
const CHUNKS = 1000;

let written = 0;
let patienceMs = 60_000;
let closed: Promise<unknown> = Promise.resolve();
const server = createServer((_req, res) => {
  closed = once(res, "close");
  void write(res);
}).listen(0, "127.0.0.1");

async function write(res: ServerResponse): Promise<void> {
  for (written = 0; written < CHUNKS && !res.destroyed; written++) {
    res.write(CHUNK);
    await waitForReader(res, patienceMs);
  }
  res.end();
}

async function ask(): Promise<IncomingMessage> {
  const { port } = server.address() as AddressInfo;
  const [answer] = (await once(get({ port, host: "127.0.0.1", agent: false }), "response")) as [
    IncomingMessage,
  ];
  return answer;
}

afterEach(() => {
  server.closeAllConnections();
});

test("a reader that takes nothing is written to no further; once it reads it gets everything", async () => {
  patienceMs = 60_000;
  const answer = await ask();
  answer.pause();
  const seen = new Set<number>();
  await expect
    .poll(() => {
      const isNew = !seen.has(written);
      seen.add(written);
      return isNew;
    })
    .toBe(false);
  expect(written).toBeLessThan(CHUNKS);
  let bytes = 0;
  for await (const chunk of answer) bytes += (chunk as Buffer).length;
  expect(bytes).toBe(CHUNKS * CHUNK.length);
});

test("a reader that takes nothing for too long is given up", async () => {
  patienceMs = 50;
  const answer = await ask();
  answer.pause();
  await closed;
  await expect(answer.toArray()).rejects.toThrow("aborted");
  expect(written).toBeLessThan(CHUNKS);
});
