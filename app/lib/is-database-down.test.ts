import { expect, test } from "vitest";
import { isDatabaseDown } from "./is-database-down.ts";

const withCode = (code: string) => Object.assign(new Error("what it said"), { code });

test.each(["08006", "08P01", "53300", "57P01", "57P02", "57P03", "57P05", "25P03"])(
  "PostgreSQL's %s is about the connection",
  (code) => {
    expect(isDatabaseDown(withCode(code))).toBe(true);
  },
);

test.each(["ECONNREFUSED", "ECONNRESET", "P1001", "P1017"])("%s is a connection that failed", (code) => {
  expect(isDatabaseDown(withCode(code))).toBe(true);
});

test.each(["Connection terminated unexpectedly", "timeout exceeded when trying to connect"])(
  "%s: what the driver says without a code",
  (words) => {
    expect(isDatabaseDown(new Error(words))).toBe(true);
    expect(isDatabaseDown(new Error(`${words}, said a shop`))).toBe(false);
  },
);

test.each(["42601", "42P01", "23505", "22P02", "40001", "57014", "53100", "P2002", "ENOENT", "EACCES"])(
  "%s is not about the connection",
  (code) => {
    expect(isDatabaseDown(withCode(code))).toBe(false);
  },
);

test("a request to Shopify that failed says nothing of the database", () => {
  expect(isDatabaseDown(new TypeError("fetch failed", { cause: withCode("ECONNREFUSED") }))).toBe(false);
  expect(isDatabaseDown(new Response(null, { status: 503 }))).toBe(false);
  expect(isDatabaseDown("Connection terminated")).toBe(false);
});
