import { randomBytes } from "node:crypto";
import { PassThrough } from "node:stream";

import type { EntryContext } from "@remix-run/node";
import { createReadableStreamFromReadable } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";

import { getContext } from "#app/context.server.ts";
import { contentSecurityPolicy } from "#app/lib/content-security-policy.ts";
import { addDocumentResponseHeaders } from "#app/shopify.server.ts";
import { NonceProvider } from "#app/ui/nonce-context.tsx";

/** Single fetch hands slow data on for this long before the stream is cut. */
export const streamTimeout = 5000;

/** Renders a page; its security headers are the Shopify library's frame-ancestors plus our own policy. */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
): Promise<Response> {
  const nonce = randomBytes(16).toString("base64");
  addDocumentResponseHeaders(request, headers);
  headers.set(
    "Content-Security-Policy",
    contentSecurityPolicy({
      nonce,
      frameAncestors: headers.get("Content-Security-Policy"),
      appBridgeUrl: getContext().env.appBridgeUrl,
      development: import.meta.env.DEV,
    }),
  );
  headers.set("Content-Type", "text/html; charset=utf-8");

  // Crawlers wait for the whole page; people get it as it becomes ready.
  const ready = isbot(request.headers.get("user-agent") ?? "") ? "onAllReady" : "onShellReady";
  let responseStatus = status;
  return new Promise((resolve, reject) => {
    const { pipe, abort } = renderToPipeableStream(
      <NonceProvider value={nonce}>
        <RemixServer context={remixContext} url={request.url} nonce={nonce} />
      </NonceProvider>,
      {
        nonce,
        [ready]: () => {
          const body = new PassThrough();
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status: responseStatus }));
          pipe(body);
        },
        onShellError: (error: unknown) => {
          reject(error instanceof Error ? error : new Error(String(error)));
        },
        onError: (error: unknown) => {
          responseStatus = 500;
          getContext().log.error({ err: error }, "rendering a page failed");
        },
      },
    );
    setTimeout(abort, streamTimeout + 1000);
  });
}

/** Loader and action faults that nobody expected; expected ones are thrown as responses and never come here. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted) return;
  getContext().log.error(
    { err: error, method: request.method, path: new URL(request.url).pathname },
    "request failed",
  );
}
