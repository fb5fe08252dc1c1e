import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Lifetimes of Shopify's expiring tokens, in seconds. */
export const OFFLINE_TOKEN_SECONDS = 3600;
export const ONLINE_TOKEN_SECONDS = 86_399;
export const REFRESH_TOKEN_SECONDS = 90 * 24 * 3600;

/**
 * Makes and checks access and refresh tokens. They carry their own expiry and a signature, so that a
 * simulator started again for the same shop still knows the tokens it gave out before, as Shopify would.
 */
export type TokenVault = {
  /** @param lifetimeSeconds null = never expires. */
  issueAccess(kind: "offline" | "online", lifetimeSeconds: number | null): string;
  isAccepted(accessToken: string): boolean;
  issueRefresh(): string;
  /**
   * Exchanges a refresh token for the next one. The old one works until the new one is first used
   * (Shopify's changelog, 2026-08-28). Null when it is unknown, expired or replaced.
   */
  rotate(refreshToken: string): string | null;
  /** All tokens given out so far stop working, as after an uninstall. */
  revokeAll(): void;
};

export function createTokenVault(options: {
  domain: string;
  secret: string;
  staticToken: string | null;
  now(): Date;
}): TokenVault {
  /** Refresh token -> the one it replaced, which dies when this one is used. */
  const replaced = new Map<string, string>();
  const dead = new Set<string>();
  let generation = 0;

  function issue(prefix: string, lifetimeSeconds: number | null): string {
    const expiry =
      lifetimeSeconds === null ? 0 : Math.floor(options.now().getTime() / 1000) + lifetimeSeconds;
    const head = `${prefix}_${expiry.toString(16).padStart(8, "0")}${randomBytes(4).toString("hex")}`;
    return head + sign(head);
  }
  function sign(head: string): string {
    return createHmac("sha256", options.secret)
      .update(`${options.domain}|${String(generation)}|${head}`)
      .digest("hex")
      .slice(0, 16);
  }
  function isValid(token: string, prefix: string): boolean {
    const match = new RegExp(`^(${prefix}_([0-9a-f]{8})[0-9a-f]{8})([0-9a-f]{16})$`).exec(token);
    if (match === null) return false;
    const [, head = "", expiry = "", signature = ""] = match;
    const atSeconds = parseInt(expiry, 16);
    return (
      timingSafeEqual(Buffer.from(signature), Buffer.from(sign(head))) &&
      (atSeconds === 0 || atSeconds > options.now().getTime() / 1000)
    );
  }

  return {
    issueAccess: (kind, lifetimeSeconds) => issue(kind === "offline" ? "shpat" : "shpua", lifetimeSeconds),
    isAccepted: (token) =>
      (options.staticToken !== null && token === options.staticToken) ||
      isValid(token, "shpat") ||
      isValid(token, "shpua"),
    issueRefresh: () => issue("shprt", REFRESH_TOKEN_SECONDS),
    rotate(token) {
      if (!isValid(token, "shprt") || dead.has(token)) return null;
      const older = replaced.get(token);
      if (older !== undefined) dead.add(older);
      const next = issue("shprt", REFRESH_TOKEN_SECONDS);
      replaced.set(next, token);
      return next;
    },
    revokeAll() {
      generation++;
    },
  };
}
