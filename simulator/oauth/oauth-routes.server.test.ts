import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startTestShop, TOKEN, type TestShop } from "#simulator/fixtures/test-shop.ts";
import { issueSessionToken } from "./session-token.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop({ scopes: ["read_orders"] });
});
afterAll(() => shop.simulator.close());
afterEach(() => {
  shop.simulator.faults.clear();
});

async function grant(
  fields: Record<string, string>,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const { url, apiKey, apiSecret } = shop.simulator;
  const response = await fetch(`${url}/admin/oauth/access_token`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ client_id: apiKey, client_secret: apiSecret, ...fields }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const exchange = (fields: Record<string, string> = {}) =>
  grant({
    grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
    subject_token: shop.simulator.issueSessionToken(),
    subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
    requested_token_type: "urn:shopify:params:oauth:token-type:offline-access-token",
    ...fields,
  });

async function statusWith(token: unknown): Promise<number> {
  return (await shop.post("{ shop { name } }", undefined, { "X-Shopify-Access-Token": String(token) }))
    .status;
}

test("expiring=1 gives a token of an hour and a refresh token of 90 days", async () => {
  const { status, body } = await exchange({ expiring: "1" });
  expect(status).toBe(200);
  expect(body).toEqual({
    access_token: expect.stringMatching(/^shpat_/) as unknown,
    scope: "read_orders",
    expires_in: 3600,
    refresh_token: expect.stringMatching(/^shprt_/) as unknown,
    refresh_token_expires_in: 7_776_000,
  });
  expect(await statusWith(body.access_token)).toBe(200);
});

test("expiring=0 gives a token that neither expires nor refreshes", async () => {
  const { body } = await exchange({ expiring: "0" });
  expect(Object.keys(body)).toEqual(["access_token", "scope"]);
});

test.each([
  ["an unknown app", { client_id: "nobody" }, 400, "application_cannot_be_found"],
  ["a wrong secret", { client_secret: "guess" }, 401, "invalid_client"],
  ["another grant", { grant_type: "password" }, 400, "unsupported_grant_type"],
  ["a session token that is none", { subject_token: "a.b.c" }, 400, "invalid_subject_token"],
  ["another subject type", { subject_token_type: "jwt" }, 400, "invalid_request"],
  ["another requested type", { requested_token_type: "cookie" }, 400, "invalid_request"],
  [
    "an unknown refresh token",
    { grant_type: "refresh_token", refresh_token: "shprt_none" },
    400,
    "invalid_grant",
  ],
])("%s is refused", async (_name, fields, status, error) => {
  const answer = await exchange(fields);
  expect([answer.status, answer.body.error, typeof answer.body.error_description]).toEqual([
    status,
    error,
    "string",
  ]);
});

test("a session token of another shop or past its minute is refused", async () => {
  const { apiKey, apiSecret, domain } = shop.simulator;
  const foreign = issueSessionToken({ domain: "other.myshopify.com", apiKey, apiSecret }, new Date());
  const late = issueSessionToken({ domain, apiKey, apiSecret }, new Date(Date.now() - 120_000));
  for (const subject_token of [foreign, late])
    expect((await exchange({ subject_token })).body.error).toBe("invalid_subject_token");
});

test("refused on demand, for exchange and refresh, as often as told", async () => {
  const { body } = await exchange({ expiring: "1" });
  const refresh = { grant_type: "refresh_token", refresh_token: String(body.refresh_token) };
  shop.simulator.faults.add({ kind: "grant-refused", count: 2 });
  expect((await exchange()).body.error).toBe("invalid_subject_token");
  expect((await grant(refresh)).body.error).toBe("invalid_grant");
  expect((await grant(refresh)).status).toBe(200);
});

test("revoked tokens stop working; the fixed one of a single shop goes on", async () => {
  const { body } = await exchange();
  await fetch(`${shop.simulator.url}/control/revoke-tokens`, { method: "POST" });
  expect([await statusWith(body.access_token), await statusWith(TOKEN)]).toEqual([401, 200]);
});
