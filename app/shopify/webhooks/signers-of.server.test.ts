import { createHmac } from "node:crypto";

import { describe, expect, test } from "vitest";

import { signersOf } from "./signers-of.server.ts";

const body = Buffer.from('{"name":"#1001 ₹"}');
const signers = (bytes: Uint8Array, signature: string, secrets: string[]) =>
  signersOf(
    bytes,
    signature,
    secrets.map((secret) => ({ secret })),
  ).map(({ secret }) => secret);
const signed = (secret: string, bytes: Uint8Array = body) =>
  createHmac("sha256", secret).update(bytes).digest("base64");

describe("a signature", () => {
  test("known from Shopify's scheme verifies: base64 of HMAC-SHA256 over the bytes", () => {
    // echo -n '{"id":1}' | openssl dgst -sha256 -hmac hush -binary | base64
    const known = "VnKUjZsLuN5iZWjn5EntcBVCF9kMN43LglzCE1/GSeY=";
    expect(signers(Buffer.from('{"id":1}'), known, ["hush"])).toEqual(["hush"]);
  });

  test("by any of the configured secrets verifies, and says by which", () => {
    expect(signers(body, signed("old"), ["new", "old", "by hand"])).toEqual(["old"]);
    expect(signers(body, signed("by hand"), ["new", "old", "by hand"])).toEqual(["by hand"]);
  });

  test("over bytes that are not UTF-8 verifies", () => {
    const raw = Buffer.from([0xff, 0x00, 0xfe]);
    expect(signers(raw, signed("secret", raw), ["secret"])).toEqual(["secret"]);
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
    expect(signers(body, signature, ["secret"])).toEqual([]);
  });

  test("never verifies without a secret", () => {
    expect(signers(body, signed(""), [])).toEqual([]);
  });
});
