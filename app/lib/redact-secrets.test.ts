import { expect, test } from "vitest";
import { redactSecrets, redactText } from "./redact-secrets.ts";

test("what stands under a telling name is gone, at any depth", () => {
  const logged = redactSecrets({
    shop: "a.myshopify.com",
    session: { accessToken: "abc", refreshTokenExpires: new Date(0), isOnline: false },
    headers: [
      { Authorization: "Bearer abc", "X-Shopify-Hmac-Sha256": "abc", "X-Shopify-Topic": "orders/create" },
    ],
    customer: { email: "someone@example.com", phone: 9876543210, name: "gid://shopify/Customer/1" },
    hasToken: true,
  });
  expect(logged).toEqual({
    shop: "a.myshopify.com",
    session: { accessToken: "[redacted]", refreshTokenExpires: new Date(0), isOnline: false },
    headers: [
      {
        Authorization: "[redacted]",
        "X-Shopify-Hmac-Sha256": "[redacted]",
        "X-Shopify-Topic": "orders/create",
      },
    ],
    customer: { email: "[redacted]", phone: "[redacted]", name: "gid://shopify/Customer/1" },
    hasToken: true,
  });
});

test.each([
  ["token shpat_0123abc refused", "token shpat_[redacted] refused"],
  ["Authorization: Bearer abc.def-1", "Authorization: Bearer [redacted]"],
  [
    "GET /app?shop=a.myshopify.com&id_token=eyJa.eyJb.c&host=x",
    "GET /app?shop=a.myshopify.com&id_token=[redacted]&host=x",
  ],
  ["postgres://postgres:pass@127.0.0.1:5432/erp", "postgres://postgres:[redacted]@127.0.0.1:5432/erp"],
  ["mail to first.last+x@example.co.in failed", "mail to [redacted] failed"],
  ["call +91 98765 43210 now", "call [redacted] now"],
  [
    "order gid://shopify/Order/5678901234567 of 2026-11-22T10:00:00+05:30",
    "order gid://shopify/Order/5678901234567 of 2026-11-22T10:00:00+05:30",
  ],
])("%s -> %s", (text, logged) => {
  expect(redactText(text)).toBe(logged);
});

test("an error keeps its message, code and causes, but not their secrets", () => {
  const cause = Object.assign(new Error("401 for shpat_abc"), { code: "E401" });
  expect(redactSecrets({ err: new TypeError("no", { cause }) })).toMatchObject({
    err: { type: "TypeError", message: "no", cause: { message: "401 for shpat_[redacted]", code: "E401" } },
  });
});

test("of a class only its name is logged: a pool or a request would drag the half program along", () => {
  class Pool {
    password = "secret";
  }
  expect(
    redactSecrets({ pool: new Pool(), at: new URL("http://a/?hmac=1"), headers: new Headers() }),
  ).toEqual({
    pool: "[Pool]",
    at: "http://a/?hmac=[redacted]",
    headers: "[Headers]",
  });
});

test("an object that contains itself, many times over, is cut off and does not hang the log", () => {
  const knot: Record<string, unknown> = {};
  for (const name of ["a", "b", "c", "d"]) knot[name] = knot;
  expect(JSON.stringify(redactSecrets(knot))).toContain("[cut off]");
});
