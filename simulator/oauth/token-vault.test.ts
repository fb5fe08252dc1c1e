import { expect, test } from "vitest";
import { issueSessionToken, readSessionToken } from "./session-token.ts";
import { createTokenVault, OFFLINE_TOKEN_SECONDS } from "./token-vault.ts";

const shop = { domain: "tiny.myshopify.com", apiKey: "key", apiSecret: "secret" };

function aVault(clock = { ms: 1_800_000_000_000 }, staticToken: string | null = null) {
  const vault = createTokenVault({
    domain: shop.domain,
    secret: "secret",
    staticToken,
    now: () => new Date(clock.ms),
  });
  return { vault, clock };
}

test("an expiring token works for its hour and no longer", () => {
  const { vault, clock } = aVault();
  const token = vault.issueAccess("offline", OFFLINE_TOKEN_SECONDS);
  expect(token).toMatch(/^shpat_[0-9a-f]{32}$/);
  clock.ms += 3_599_000;
  expect(vault.isAccepted(token)).toBe(true);
  clock.ms += 2000;
  expect(vault.isAccepted(token)).toBe(false);
});

test("a token that does not expire works next year; a changed or foreign one never", () => {
  const { vault, clock } = aVault();
  const token = vault.issueAccess("offline", null);
  clock.ms += 400 * 24 * 3600 * 1000;
  expect(vault.isAccepted(token)).toBe(true);
  expect(vault.isAccepted(token.replace(/.$/, (last) => (last === "0" ? "1" : "0")))).toBe(false);
  const other = createTokenVault({
    domain: "other.myshopify.com",
    secret: "secret",
    staticToken: null,
    now: () => new Date(clock.ms),
  });
  expect(other.isAccepted(token)).toBe(false);
});

test("a simulator started again knows the tokens it gave out before", () => {
  const token = aVault().vault.issueAccess("offline", null);
  expect(aVault().vault.isAccepted(token)).toBe(true);
});

test("the static token is accepted, and revoking ends all others", () => {
  const { vault } = aVault(undefined, "shpat_fixed");
  const token = vault.issueAccess("online", 60);
  vault.revokeAll();
  expect([vault.isAccepted("shpat_fixed"), vault.isAccepted(token)]).toEqual([true, false]);
});

test("a refresh token rotates: the old one works until the new one is first used", () => {
  const { vault } = aVault();
  const first = vault.issueRefresh();
  const second = vault.rotate(first);
  expect(second).not.toBeNull();
  const retry = vault.rotate(first); // the answer got lost: the old one still works
  expect(retry).not.toBeNull();
  const third = vault.rotate(retry ?? "");
  expect(third).not.toBeNull();
  expect(vault.rotate(first)).toBeNull();
});

test("a refresh token lives 90 days", () => {
  const { vault, clock } = aVault();
  const token = vault.issueRefresh();
  clock.ms += 91 * 24 * 3600 * 1000;
  expect(vault.rotate(token)).toBeNull();
});

test("a session token is read back by the app and shop it was made for, for one minute", () => {
  const now = new Date(1_800_000_000_000);
  const token = issueSessionToken(shop, now);
  expect(readSessionToken(token, shop, now)).toMatchObject({
    aud: "key",
    dest: "https://tiny.myshopify.com",
    iss: "https://tiny.myshopify.com/admin",
  });
  const late = new Date(now.getTime() + 71_000);
  expect(readSessionToken(token, shop, late)).toBeNull();
  expect(readSessionToken(token, { ...shop, apiSecret: "other" }, now)).toBeNull();
  expect(readSessionToken(token, { ...shop, apiKey: "other" }, now)).toBeNull();
  expect(readSessionToken(token, { ...shop, domain: "other.myshopify.com" }, now)).toBeNull();
  expect(readSessionToken("nonsense", shop, now)).toBeNull();
});
