/**
 * Points an unmodified Shopify library at the simulator: `node --import ./simulator/preload.mjs app.ts`
 * with SIMULATOR_URL set. Requests to https://*.myshopify.com go to SIMULATOR_URL with the shop's host
 * in `x-simulated-host`; this machine's own addresses pass; every other host is refused, so that
 * nothing leaves the machine by mistake.
 *
 * It replaces `globalThis.fetch` by an accessor before any library captures it, and stays in front
 * when a library (Remix' installGlobals) assigns its own.
 */
const simulatorUrl = process.env.SIMULATOR_URL;
if (simulatorUrl === undefined || simulatorUrl === "") {
  throw new Error(
    "simulator/preload.mjs needs SIMULATOR_URL, the address of a running simulator (npm run simulator).",
  );
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;
let plainFetch = globalThis.fetch;

/** @type {typeof fetch} */
async function simulatedFetch(input, init) {
  const url = new URL(typeof input === "object" && "url" in input ? input.url : String(input));
  if (LOOPBACK.test(url.hostname) || url.protocol === "data:") return plainFetch(input, init);
  if (!url.hostname.endsWith(".myshopify.com")) {
    throw new TypeError(`The simulator lets no request out: ${url.origin} was asked for.`);
  }
  const request = new Request(input, init);
  const headers = new Headers(request.headers);
  headers.set("x-simulated-host", url.hostname);
  const body = request.body === null ? undefined : await request.arrayBuffer();
  return plainFetch(new URL(url.pathname + url.search, simulatorUrl), {
    method: request.method,
    headers,
    body,
    redirect: request.redirect,
    signal: request.signal,
  });
}

Object.defineProperty(globalThis, "fetch", {
  configurable: true,
  enumerable: true,
  get: () => simulatedFetch,
  set(next) {
    if (next !== simulatedFetch) plainFetch = next;
  },
});
