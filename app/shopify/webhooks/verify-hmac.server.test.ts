import { createHmac } from "node:crypto";

import { describe, expect, test } from "vitest";

import { verifyHmac } from "./verify-hmac.server.ts";

const body = Buffer.from('{"name":"#1001 ₹"}');
const signed = (secret: string, bytes: Uint8Array = body) =>
  createHmac("sha256", secret).update(bytes).digest("base64");

describe("a signature", () => {
  test("known from Shopify's scheme verifies: base64 of HMAC-SHA256 over the bytes", () => {
    // echo -n '{"id":1}' | openssl dgst -sha256 -hmac hush -binary | base64
    const known = "VnKUjZsLuN5iZWjn5EntcBVCF9kMN43LglzCE1/GSeY=";
    expect(verifyHmac(Buffer.from('{"id":1}'), known, ["hush"])).toBe(true);
  });

  test("by any of the configured secrets verifies", () => {
    expect(verifyHmac(body, signed("old"), ["new", "old", "by hand"])).toBe(true);
    expect(verifyHmac(body, signed("by hand"), ["new", "old", "by hand"])).toBe(true);
  });

  test("over bytes that are not UTF-8 verifies", () => {
    const raw = Buffer.from([0xff, 0x00, 0xfe]);
    expect(verifyHmac(raw, signed("secret", raw), ["secret"])).toBe(true);
  });

  test.each([
    ["by another secret", signed("theirs")],
    ["of another body", signed("secret", Buffer.from("{}"))],
    ["cut short", signed("secret").slice(0, 20)],
    [
      "with bytes behind it",
      Buffer.concat([Buffer.from(signed("secret"), "base64"), Buffer.from([0])]).toString("base64"),
    ],
    ["empty", ""],
    ["that is no base64", "§§§"],
  ])("%s does not", (_, signature) => {
    expect(verifyHmac(body, signature, ["secret"])).toBe(false);
  });

  test("never verifies without a secret", () => {
    expect(verifyHmac(body, signed(""), [])).toBe(false);
  });
});
