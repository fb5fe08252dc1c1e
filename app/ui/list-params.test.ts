import { expect, test } from "vitest";

import { askedParams, changedQuery } from "./list-params.ts";

const search =
  "?embedded=1&shop=a.myshopify.com&host=YQ&id_token=secret&hmac=x&status=open&status=on_hold&search=asha&after=abc";

test("a list is asked what stands in the address and is not Shopify's", () => {
  expect(askedParams(search).toString()).toBe("status=open&status=on_hold&search=asha");
});

test("a changed question begins the list anew, keeps the others, and where the app is embedded", () => {
  expect(changedQuery(search, { status: ["delivered"], createdFrom: ["2026-11-01"] })).toBe(
    "embedded=1&shop=a.myshopify.com&host=YQ&search=asha&status=delivered&createdFrom=2026-11-01",
  );
  expect(changedQuery(search, { status: [], search: [], before: ["def"] })).toBe(
    "embedded=1&shop=a.myshopify.com&host=YQ&before=def",
  );
});
