import { expect } from "vitest";
import type { Database } from "#app/lib/db.server.ts";
import { databaseTest } from "#tests/setup/test-database.ts";
import { pageAccessToken } from "./page-access-token.server.ts";

const shop = "a.myshopify.com";
const now = new Date();
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

const test = databaseTest.extend("ask", ({ database }) => {
  return async (
    expires: Date | null,
    { ofSession, refused }: { ofSession?: string; refused?: string } = {},
  ) => {
    const data = { accessToken: "stored", expires, refreshToken: "renews", shop, state: "" };
    const id = `offline_${shop}`;
    await database.prisma.session.upsert({ where: { id }, update: data, create: { id, ...data } });
    return pageAccessToken(database.pool, { shop, ofSession, refused, now });
  };
});

async function ends({ prisma }: Database) {
  return (await prisma.session.findUniqueOrThrow({ where: { id: `offline_${shop}` } })).expires;
}

test("the stored token is used while it is good, even when little is left", async ({ ask }) => {
  expect(await ask(inMinutes(1), { ofSession: "of the session" })).toBe("stored");
  expect(await ask(null)).toBe("stored");
});

test("when it has ended, the one the library exchanged for this page is", async ({ ask, database }) => {
  expect(await ask(inMinutes(-1), { ofSession: "exchanged" })).toBe("exchanged");
  expect(await ends(database)).toEqual(inMinutes(-1)); // and nothing is renewed here
});

test("when one was refused, the other is tried", async ({ ask }) => {
  expect(await ask(inMinutes(60), { ofSession: "stored before", refused: "stored before" })).toBe("stored");
  expect(await ask(inMinutes(60), { ofSession: "exchanged", refused: "stored" })).toBe("exchanged");
});

test("when there is no other, the page says what helps, and the next load gets a new one", async ({
  ask,
  database,
}) => {
  await expect(ask(inMinutes(60), { ofSession: "stored", refused: "stored" })).rejects.toMatchObject({
    code: "TOKEN_REFUSED",
    message: expect.stringMatching(/Reload the page/) as string,
  });
  expect(await ends(database)).toEqual(now);
});

test("a shop without a token is told so", async ({ database }) => {
  await expect(
    pageAccessToken(database.pool, { shop, ofSession: undefined, refused: undefined, now }),
  ).rejects.toMatchObject({ code: "TOKEN_REFUSED" });
});
