import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { createTestDatabase } from "./setup/test-database.ts";

test("the migrations make exactly the tables of schema.prisma", async () => {
  const { url, drop } = await createTestDatabase("migrations-match-schema");
  try {
    const { stdout } = await promisify(execFile)(
      "prisma",
      [
        "migrate",
        "diff",
        "--from-migrations",
        "prisma/migrations",
        "--to-schema-datamodel",
        "prisma/schema.prisma",
        "--script",
      ],
      { env: { ...process.env, DATABASE_URL: url } },
    );
    expect(stdout).toContain("-- This is an empty migration.");
  } finally {
    await drop();
  }
});
