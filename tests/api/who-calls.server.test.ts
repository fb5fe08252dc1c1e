/** By what a caller is known, and by what not; and what the addresses of the API answer that are no endpoint's. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { AppContext } from "#app/context.server.ts";
import { startApi, type TestApi } from "./an-api.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ orders: 1 });
});
afterAll(async () => {
  await api.stop();
});
afterEach(() => {
  answerAs(api.context.env);
});

/** From now on the app is configured like this. */
function answerAs(env: AppContext["env"]): void {
  (globalThis as { erpSyncContext?: object }).erpSyncContext = { ...api.context, env };
}

const path = "/api/shopify/jobs";
const look = (headers: Record<string, string>, at = path) =>
  api.call({ method: "GET", path: at, as: "nobody", headers });

test("a key counts as a bearer token in the header Authorization and nowhere else", async () => {
  const { read } = api.keys;
  for (const Authorization of [`Bearer ${read}`, `bearer ${read}`])
    expect((await look({ Authorization })).status).toBe(200);
  for (const Authorization of [
    read,
    `Basic ${read}`,
    `Bearer ${read} x`,
    `Bearer ${read},Bearer ${read}`,
    "Bearer",
  ])
    expect(await look({ Authorization }), Authorization).toMatchObject({
      status: 401,
      body: { error: { code: "UNAUTHORIZED" } },
    });
  for (const name of ["key", "access_token", "id_token"])
    expect((await look({}, `${path}?${name}=${read}`)).status, name).toBe(401);
  expect((await look({ "X-Api-Key": read, Cookie: `key=${read}` })).status).toBe(401);
  const session = api.simulator.issueSessionToken();
  expect((await look({}, `${path}?id_token=${session}`)).status).toBe(401);
});

test("a key that is none is named as such, not as a session token that has ended", async () => {
  const answer = async (token: string) => (await look({ Authorization: `Bearer ${token}` })).body;
  expect(await answer("bad")).toMatchObject({
    error: { code: "UNAUTHORIZED", message: "This is no API key (erpsync_…), and no session token." },
  });
  expect(await answer(`${api.keys.read}x`)).toMatchObject({
    error: { message: "This API key is not known here, or was revoked." },
  });
  expect(await answer(`${api.simulator.issueSessionToken()}x`)).toMatchObject({
    error: { message: "This session token is not valid, or no longer." },
  });
});

test("whoever is not known learns nothing of what they sent: no body of theirs is read", async () => {
  for (const body of ["{", { jobType: "nonsense" }])
    expect(await api.call({ method: "POST", path: `${path}/start`, as: "nobody", body })).toMatchObject({
      status: 401,
      body: { error: { code: "UNAUTHORIZED" } },
    });
});

test("in single-shop mode only a key of this shop is known, and no session token", async () => {
  const session = api.simulator.issueSessionToken();
  const { keys, shop } = api;
  const { env } = api.context;
  if (env.shopify?.mode !== "app") throw new Error("the test's app is an app");
  const { apiVersion, webhookSecrets } = env.shopify;
  const shopify = {
    ...{ mode: "single-shop" as const, shopDomain: shop, accessToken: "shpat_x" },
    ...{ apiVersion, webhookSecrets },
  };
  answerAs({ ...env, shopify });
  expect((await look({ Authorization: `Bearer ${keys.read}` })).status).toBe(200);
  for (const token of [keys["other shop"], session])
    expect(await look({ Authorization: `Bearer ${token}` })).toMatchObject({
      status: 401,
      body: { error: { code: "UNAUTHORIZED" } },
    });
});

test("without a configuration each endpoint says so, with 503", async () => {
  answerAs({ ...api.context.env, shopify: null });
  expect(await look({ Authorization: `Bearer ${api.keys.read}` })).toMatchObject({
    status: 503,
    body: { error: { code: "SHOPIFY_NOT_CONFIGURED", message: "Shopify is not configured" } },
  });
});

test("another spelling of an address is no way around: Remix's .data, HEAD, OPTIONS, slashes", async () => {
  const { read } = api.keys;
  expect((await look({}, `${path}.data`)).text).toContain("UNAUTHORIZED");
  expect((await look({}, `/api/shopify/jobs/start.data`)).text).toContain("UNAUTHORIZED");
  const head = (headers: Record<string, string>) => api.call({ method: "HEAD", path, as: "nobody", headers });
  expect((await head({})).status).toBe(401);
  const known = await head({ Authorization: `Bearer ${read}` });
  expect(known).toMatchObject({ status: 200, text: "" });
  const options = await api.call({
    ...{ method: "OPTIONS", path, as: "nobody" },
    headers: { Origin: "https://evil.example.com", "Access-Control-Request-Method": "GET" },
  });
  expect(options.status).toBe(405);
  expect(options.headers.has("Access-Control-Allow-Origin")).toBe(false);
  for (const other of [`${path}/`, "/api//shopify/jobs", "/api/SHOPIFY/jobs", "/api/shopify%2fjobs", "/api"])
    expect(await look({ Authorization: `Bearer ${read}` }, other), other).toMatchObject({
      status: 404,
      body: { error: { code: "NOT_FOUND" } },
    });
  // A method is what it is, whatever a header says.
  const overridden = await api.call({
    ...{ method: "POST", path, as: "read", headers: { "X-HTTP-Method-Override": "GET" } },
  });
  expect(overridden.status).toBe(405);
});
