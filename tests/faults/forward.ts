import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** Headers of one connection, not of the request. */
const OF_THE_CONNECTION = new Set([
  "host",
  "connection",
  "keep-alive",
  "content-length",
  "transfer-encoding",
]);

/** A server of 127.0.0.1 that hands requests on. */
export type Forwarder = { url: string; close(): Promise<void> };

/**
 * @param targetsOf where a request goes: the answer of the first of them that answers is given; none that does = 502
 * @param onAnswered is told the status of each that answered
 */
export async function startForwarder(
  targetsOf: (headers: IncomingHttpHeaders) => readonly string[],
  onAnswered: (headers: IncomingHttpHeaders, statuses: readonly number[]) => void = () => undefined,
): Promise<Forwarder> {
  const server: Server = createServer((req, res) => {
    void (async () => {
      const body = await buffer(req);
      const headers = new Headers();
      for (const [name, value] of Object.entries(req.headers))
        if (typeof value === "string" && !OF_THE_CONNECTION.has(name)) headers.set(name, value);
      const method = req.method ?? "GET";
      const tries = targetsOf(req.headers).map(async (target) => {
        const response = await fetch(new URL(req.url ?? "/", target), {
          ...{ method, headers },
          ...(method === "GET" ? {} : { body }),
        });
        return { response, content: Buffer.from(await response.arrayBuffer()) };
      });
      void Promise.allSettled(tries).then((ends) => {
        onAnswered(
          req.headers,
          ends.flatMap((end) => (end.status === "fulfilled" ? [end.value.response.status] : [])),
        );
      });
      try {
        const { response, content } = await Promise.any(tries);
        response.headers.forEach((value, name) => {
          if (!OF_THE_CONNECTION.has(name)) res.setHeader(name, value);
        });
        res.writeHead(response.status).end(content);
      } catch {
        res.writeHead(502).end();
      }
    })();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
