import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

/** Claims of the JWT that App Bridge hands to the app's page. */
export type SessionClaims = {
  iss: string;
  dest: string;
  aud: string;
  sub: string;
  exp: number;
  nbf: number;
  iat: number;
  jti: string;
  sid: string;
};

/** How long a session token lives (Shopify's docs, "Session tokens"). */
const LIFETIME_SECONDS = 60;
const CLOCK_TOLERANCE_SECONDS = 10;

/** Makes a session token of the shop's one staff member. */
export function issueSessionToken(
  shop: { domain: string; apiKey: string; apiSecret: string },
  now: Date,
): string {
  const atSeconds = Math.floor(now.getTime() / 1000);
  const claims: SessionClaims = {
    iss: `https://${shop.domain}/admin`,
    dest: `https://${shop.domain}`,
    aud: shop.apiKey,
    sub: "100000000042",
    exp: atSeconds + LIFETIME_SECONDS,
    nbf: atSeconds,
    iat: atSeconds,
    jti: randomUUID(),
    sid: randomUUID(),
  };
  const text = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${text}.${sign(text, shop.apiSecret).toString("base64url")}`;
}

/** The claims of a valid token for this app and shop, else null: signature, times, `aud` and `dest` are checked. */
export function readSessionToken(
  token: string,
  shop: { domain: string; apiKey: string; apiSecret: string },
  now: Date,
): SessionClaims | null {
  const [head = "", body = "", signature = ""] = token.split(".");
  const expected = sign(`${head}.${body}`, shop.apiSecret);
  const given = Buffer.from(signature, "base64url");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  try {
    const header = decode(head) as { alg?: unknown };
    const claims = decode(body) as SessionClaims;
    const atSeconds = now.getTime() / 1000;
    const inTime =
      claims.exp > atSeconds - CLOCK_TOLERANCE_SECONDS && claims.nbf < atSeconds + CLOCK_TOLERANCE_SECONDS;
    return header.alg === "HS256" &&
      inTime &&
      claims.aud === shop.apiKey &&
      claims.dest === `https://${shop.domain}`
      ? claims
      : null;
  } catch {
    return null;
  }
}

function encode(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

function decode(part: string): unknown {
  return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
}

function sign(text: string, secret: string): Buffer {
  return createHmac("sha256", secret).update(text).digest();
}
