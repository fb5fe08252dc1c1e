import { createHmac, randomUUID } from "node:crypto";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { TestStack } from "#tests/setup/start-stack.ts";

import { exportPaths, type AppPage } from "../../scripts/app-pages.ts";
import { appAddresses } from "./app-addresses.ts";
import { startStackOfAllPages } from "./pages.ts";

const BROWSER =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

const OTHER = "another-shop.myshopify.com";

let stack: TestStack;
let pages: AppPage[];

beforeAll(async () => {
  ({ stack, pages } = await startStackOfAllPages());
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

const ask = (token: string | null, path = "/app/settings/shopify/progress") =>
  fetch(`${stack.appUrl}${path}`, {
    headers: { "User-Agent": BROWSER, ...(token === null ? {} : { Authorization: `Bearer ${token}` }) },
    redirect: "manual",
  });
/** As the app's own page asks for another page's data. */
const askForData = (token: string, path: string) => ask(token, `${path}.data`);
/** What is not a page of its own is asked for as it is. */
const isFetched = (path: string) => /\/(export|progress|charts|counts|sums|payload|state)$/.test(path);
const dataOf = (path: string) => (isFetched(path) ? path : path.replace(/(?=\?|$)/, ".data"));

test("a session token of Shopify opens the app", async () => {
  const answer = await ask(aToken());
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ counts: { order: { total: 12 } } });
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

test.each(appAddresses())(
  "%s answers no forged, ended or foreign token, and none without one",
  async (path) => {
    const now = Math.floor(Date.now() / 1000);
    const tokens = [
      aToken({}, "shpss_somebody_else"),
      aToken({ exp: now - 60 }),
      aToken({ aud: "another-app" }),
    ];
    for (const token of tokens) {
      const answer = await ask(token, dataOf(path));
      expect(answer.status).toBe(401);
      expect(answer.headers.get("X-Shopify-Retry-Invalid-Session-Request")).toBe("1");
      expect(await answer.text()).not.toContain(stack.domain);
    }
    const withoutOne = await ask(null, path);
    expect(withoutOne.status).toBe(302);
    expect(await withoutOne.text()).toBe("");
  },
);

test("nobody sees another shop's records: not in lists, exports and figures, and its pages are as if they were not", async () => {
  const { pool } = stack.database;
  await pool.query(
    `insert into "Shop" (shop, currency, "timeZone", locale) values ($1, 'INR', 'Asia/Kolkata', 'en')`,
    [OTHER],
  );
  await pool.query(
    `insert into "Session" (id, shop, state, "isOnline", scope, expires, "accessToken")
     select 'offline_' || $1::text, $1::text, '', false, scope, now() + interval '1 day', 'shpat_of_nobody' from "Session" where shop = $2`,
    [OTHER, stack.domain],
  );
  const { rows } = await pool.query<{ told: string[] }>(
    `select array_agg(distinct told) as told from (
       select "orderNumber" from "Order" where shop = $1 union all select "customerEmail" from "Order" where shop = $1
       union all select email from "Customer" where shop = $1 union all select "shopifyOrderId" from "Order" where shop = $1
       union all select "skuCode" from "Sku" where shop = $1 union all select "webhookId" from "WebhookDelivery" where shop = $1
       union all select id from "SyncJob" where shop = $1
     ) as t(told) where length(told) > 4`,
    [stack.domain],
  );
  const secrets = [stack.domain, ...(rows[0]?.told ?? [])];
  expect(secrets.length).toBeGreaterThan(40);
  const token = aToken({ iss: `https://${OTHER}/admin`, dest: `https://${OTHER}` });
  for (const path of [
    ...pages.map((page) => page.path),
    ...exportPaths,
    ...appAddresses().filter(isFetched),
  ]) {
    const text = await (await ask(token, dataOf(path))).text();
    // An address that is asked for may be said again.
    const asked = decodeURIComponent(path.split("/").at(-1) ?? "");
    expect(
      secrets.filter((secret) => secret !== asked && text.includes(secret)),
      path,
    ).toEqual([]);
  }
  for (const { path, name } of pages.filter((page) => page.name.endsWith("-detail"))) {
    const unknown = path.replace(/[^/]+$/, "nobodys");
    expect((await askForData(token, path)).status, name).toBe((await askForData(token, unknown)).status);
  }
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
