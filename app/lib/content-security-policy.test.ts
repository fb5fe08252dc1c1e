import { expect, test } from "vitest";

import { contentSecurityPolicy } from "#app/lib/content-security-policy.ts";

const page = { nonce: "abc", appBridgeUrl: undefined, development: false };

test("the library's frame-ancestors stays first and as it was", () => {
  const policy = contentSecurityPolicy({
    ...page,
    frameAncestors: "frame-ancestors https://demo.myshopify.com https://admin.shopify.com;",
  });
  expect(policy).toMatch(
    /^frame-ancestors https:\/\/demo\.myshopify\.com https:\/\/admin\.shopify\.com; default-src/,
  );
});

test("without a shop only Shopify may frame the page", () => {
  expect(contentSecurityPolicy({ ...page, frameAncestors: null })).toContain(
    "frame-ancestors https://admin.shopify.com https://*.myshopify.com;",
  );
});

test("scripts run from this app, by this document's nonce, or from App Bridge's home only", () => {
  expect(contentSecurityPolicy({ ...page, frameAncestors: null })).toContain(
    "script-src 'self' 'nonce-abc' https://cdn.shopify.com;",
  );
  expect(
    contentSecurityPolicy({
      ...page,
      frameAncestors: null,
      appBridgeUrl: "http://localhost:9000/app-bridge.js",
    }),
  ).toContain("script-src 'self' 'nonce-abc' http://localhost:9000;");
});
