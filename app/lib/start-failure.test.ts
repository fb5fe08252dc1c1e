import { expect, test } from "vitest";
import { BadEnvironment, explainStartFailure } from "./start-failure.ts";

const failure = (message: string, more: Record<string, unknown>) => Object.assign(new Error(message), more);

test.each([
  [
    "a bad environment",
    new BadEnvironment(["PORT must be a port"]),
    /^The environment is not right:\n {2}- PORT must be a port$/,
    /docs\/deploy\.md/,
  ],
  [
    "a port in use",
    failure("listen EADDRINUSE", { code: "EADDRINUSE", syscall: "listen", port: 3000 }),
    /^Something listens on port 3000 already\.$/,
    /set PORT/,
  ],
  [
    "a port this user may not open",
    failure("listen EACCES", { code: "EACCES", syscall: "listen", port: 80 }),
    /^This user may not listen on port 80\.$/,
    /above 1023/,
  ],
  [
    "an address of another machine",
    failure("listen EADDRNOTAVAIL 10.0.0.1", { code: "EADDRNOTAVAIL", syscall: "listen", port: 80 }),
    /listen on port 80: listen EADDRNOTAVAIL 10\.0\.0\.1$/,
    /LISTEN_HOST/,
  ],
  [
    "no build",
    failure("Cannot find module '/app/build/server/index.js' imported from /app/app/server.ts", {
      code: "ERR_MODULE_NOT_FOUND",
    }),
    /^The app is not built\.$/,
    /npm run build/,
  ],
  [
    // Where a name has several addresses, Node says nothing but the code.
    "a database that is not there",
    failure("", { code: "ECONNREFUSED" }),
    /^The database does not answer: ECONNREFUSED$/,
    /PostgreSQL runs.*DATABASE_URL/,
  ],
  [
    "a wrong password",
    failure("password authentication failed for user", { code: "28P01" }),
    /^The database refuses: password authentication failed/,
    /password.*DATABASE_URL/,
  ],
  [
    "no tables",
    failure(`relation "SyncJob" does not exist`, { code: "42P01" }),
    /^The database has not the tables/,
    /npm run db -- migrate/,
  ],
])("%s is said in words, with what to do", (_what, error, words, next) => {
  const explained = explainStartFailure(error);
  expect(explained?.words).toMatch(words);
  expect(explained?.next).toMatch(next);
});

test("a fault of our own is not explained: its stack says more", () => {
  expect(explainStartFailure(new TypeError("x is not a function"))).toBeNull();
  expect(
    explainStartFailure(failure("Cannot find module 'pg'", { code: "ERR_MODULE_NOT_FOUND" })),
  ).toBeNull();
  expect(explainStartFailure("thrown")).toBeNull();
});
