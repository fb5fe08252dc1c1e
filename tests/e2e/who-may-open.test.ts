import { createHmac, randomUUID } from "node:crypto";

import { afterAll, beforeAll, expect, test } from "vitest";

import { startTestStack, type TestStack } from "#tests/setup/start-stack.ts";

const BROWSER =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

let stack: TestStack;

beforeAll(async () => {
  stack = await startTestStack({ orders: 10, seed: 1 });
});

afterAll(() => stack.stop());

/** A session token as Shopify makes it, except for what a test is about. */
function aToken(claims: Record<string, unknown> = {}, secret = stack.apiSecret): string {
  const now = Math.floor(Date.now() / 1000);
  const payload = {
    iss: `https://${stack.domain}/admin`,
    dest: `https://${stack.domain}`,
    aud: stack.apiKey,
    sub: "1",
    exp: now + 60,
    nbf: now - 1,
    iat: now - 1,
    jti: randomUUID(),
    sid: randomUUID(),
    ...claims,
  };
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const unsigned = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(payload)}`;
  return `${unsigned}.${createHmac("sha256", secret).update(unsigned).digest("base64url")}`;
}

const ask = (token: string | null) =>
  fetch(`${stack.appUrl}/app/settings/shopify/progress`, {
    headers: { "User-Agent": BROWSER, ...(token === null ? {} : { Authorization: `Bearer ${token}` }) },
    redirect: "manual",
  });

test("a session token of Shopify opens the app", async () => {
  const answer = await ask(aToken());
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ jobs: [], counts: { order: { total: 0 } } });
});

test.each([
  ["signed with another secret", () => aToken({}, "shpss_somebody_else")],
  ["expired a minute ago", () => aToken({ exp: Math.floor(Date.now() / 1000) - 60 })],
  ["not valid yet", () => aToken({ nbf: Math.floor(Date.now() / 1000) + 300 })],
  ["made for another app", () => aToken({ aud: "another-app" })],
  ["without a signature", () => `${aToken().split(".").slice(0, 2).join(".")}.`],
  ["no token at all, only words", () => "let-me-in"],
])("a token that is %s is refused, and told to fetch a new one", async (_what, make) => {
  const answer = await ask(make());
  expect(answer.status).toBe(401);
  expect(answer.headers.get("X-Shopify-Retry-Invalid-Session-Request")).toBe("1");
  expect(await answer.text()).toBe("");
});

test("without a token there is a redirect away and no data", async () => {
  const answer = await ask(null);
  expect(answer.status).toBe(302);
  expect(answer.headers.get("location")).toBe("/auth/login");
});

test("a page asked for with a forged token is sent for a real one", async () => {
  const query = new URLSearchParams({
    embedded: "1",
    shop: stack.domain,
    host: Buffer.from(`admin.shopify.com/store/x`).toString("base64").replace(/=+$/, ""),
    id_token: aToken({}, "shpss_somebody_else"),
  });
  const answer = await fetch(`${stack.appUrl}/app?${query.toString()}`, {
    headers: { "User-Agent": BROWSER },
    redirect: "manual",
  });
  expect(answer.status).toBe(302);
  expect(answer.headers.get("location")).toMatch(/^\/auth\/session-token\?/);
});

test("only Shopify's Admin may frame a page, and nothing may guess its type", async () => {
  const answer = await fetch(`${stack.appUrl}/`, { headers: { "User-Agent": BROWSER } });
  const policy = answer.headers.get("content-security-policy") ?? "";
  expect(policy).toMatch(/frame-ancestors [^;]*https:\/\/admin\.shopify\.com/);
  expect(policy).toContain("object-src 'none'");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("referrer-policy")).toBe("same-origin");
});

test("the processes' own endpoints answer, and the log holds no token", async () => {
  expect(await (await fetch(`${stack.appUrl}/healthz`)).json()).toEqual({ status: "ok" });
  expect(await (await fetch(`${stack.appUrl}/readyz`)).json()).toEqual({ status: "ready" });
  expect(await (await fetch(`${stack.appUrl}/metrics`)).text()).toContain(
    "http_request_duration_seconds_bucket",
  );
  expect(stack.output()).not.toMatch(/eyJ[\w-]+\.|shp(at|rt|ss)_/);
});
