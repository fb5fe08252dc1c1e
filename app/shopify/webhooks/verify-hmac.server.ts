import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Whether `signature` (base64) is the HMAC-SHA256 of the raw body under any of the secrets. Several secrets are
 * live while one is being rotated, and webhooks made by hand in a store's admin are signed with the store's own.
 * Every secret is tried in constant time.
 */
export function verifyHmac(body: Uint8Array, signature: string, secrets: readonly string[]): boolean {
  const given = Buffer.from(signature, "base64");
  let verified = false;
  for (const secret of secrets) {
    const expected = createHmac("sha256", secret).update(body).digest();
    if (given.length === expected.length && timingSafeEqual(given, expected)) verified = true;
  }
  return verified;
}
