import { expect, test } from "vitest";

import { embeddedHref } from "#app/ui/embedded-href.ts";

test("a link keeps shop and host, and leaves the session token behind", () => {
  expect(
    embeddedHref(
      "/app/settings/shopify",
      "?embedded=1&shop=demo.myshopify.com&host=YWRtaW4&id_token=secret&hmac=x&locale=en",
    ),
  ).toBe("/app/settings/shopify?shop=demo.myshopify.com&host=YWRtaW4&embedded=1&locale=en");
});

test("a link with a filter of its own, or to a place within a page, keeps it", () => {
  const search = "?shop=demo.myshopify.com";
  expect(embeddedHref("/app/cache/order?status=failed", search)).toBe(
    "/app/cache/order?status=failed&shop=demo.myshopify.com",
  );
  expect(embeddedHref("/app/proof/2026-11-21#missing", search)).toBe(
    "/app/proof/2026-11-21?shop=demo.myshopify.com#missing",
  );
});

test("outside Shopify a link is just its path", () => {
  expect(embeddedHref("/app", "")).toBe("/app");
});
