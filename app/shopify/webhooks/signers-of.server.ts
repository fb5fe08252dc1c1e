import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Those of the secrets under which `signature` (base64) is the HMAC-SHA256 of the raw body; none: it is not to be believed.
 * Several are live while one is being rotated, and webhooks made by hand in a store's admin are signed with the store's own.
 * Every secret is tried, each in constant time.
 */
export function signersOf<Secret extends { secret: string }>(
  body: Uint8Array,
  signature: string,
  secrets: readonly Secret[],
): Secret[] {
  const given = Buffer.from(signature, "base64");
  return secrets.filter(({ secret }) => {
    const expected = createHmac("sha256", secret).update(body).digest();
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}
