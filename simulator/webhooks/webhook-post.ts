import http from "node:http";
import https from "node:https";

/** How a try ended: the app's status, or what went wrong before there was one. */
export type Posted = { status: number | null; error: string | null };

export type WebhookPost = {
  /** Never rejects: whatever happens is in the answer. */
  post(url: string, headers: Readonly<Record<string, string>>, body: Buffer): Promise<Posted>;
  /** Ends what is under way. */
  close(): void;
};

/**
 * Posts over connections that are kept alive. Follows no redirect.
 * @param connectTimeoutMs for a connection to stand
 * @param timeoutMs for all, the last byte of the answer included
 */
export function createWebhookPost(options: { connectTimeoutMs: number; timeoutMs: number }): WebhookPost {
  const agents = {
    http: new http.Agent({ keepAlive: true }),
    https: new https.Agent({ keepAlive: true }),
  };
  const underWay = new Set<http.ClientRequest>();

  return {
    post(url, headers, body) {
      return new Promise((resolve) => {
        const isTls = url.startsWith("https:");
        let request: http.ClientRequest;
        try {
          request = (isTls ? https : http).request(url, {
            method: "POST",
            headers,
            agent: isTls ? agents.https : agents.http,
          });
        } catch (error) {
          // No address, or a header that HTTP does not allow.
          resolve({ status: null, error: (error as Error).message });
          return;
        }
        underWay.add(request);
        let tooLate: string | null = null;
        const limit = (ms: number, words: string, isOver: () => boolean): NodeJS.Timeout =>
          setTimeout(() => {
            // What came while this process was busy is read first, and is not late.
            setImmediate(() => {
              if (!isOver()) return;
              tooLate = `${words} within ${String(ms)} ms`;
              request.destroy(new Error(tooLate));
            });
          }, ms).unref();
        const total = limit(options.timeoutMs, "No answer", () => underWay.has(request));
        let connect: NodeJS.Timeout | undefined;
        const end = (posted: Posted): void => {
          clearTimeout(total);
          clearTimeout(connect);
          underWay.delete(request);
          resolve(posted);
        };
        request.on("socket", (socket) => {
          if (!socket.connecting) return;
          let isConnected = false;
          connect = limit(
            options.connectTimeoutMs,
            "No connection",
            () => !isConnected && underWay.has(request),
          );
          socket.once(isTls ? "secureConnect" : "connect", () => {
            isConnected = true;
            clearTimeout(connect);
          });
        });
        request.on("response", (response) => {
          const status = response.statusCode ?? null;
          response.on("end", () => {
            end({ status, error: null });
          });
          response.on("error", (error) => {
            // Cut in the middle of the answer, Node says "aborted" whatever the reason.
            end({ status, error: tooLate ?? error.message });
          });
          response.resume();
        });
        request.on("error", (error) => {
          end({ status: null, error: error.message });
        });
        request.end(body);
      });
    },
    close() {
      for (const request of underWay) request.destroy(new Error("The simulator closes"));
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}
