/** The two processes as they are started: what stops them is said in words, with what to do, and without a stack. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";
import { expect, test } from "vitest";
import { ensureBuild } from "../../scripts/build-app.ts";
import { startChild } from "../../scripts/start-child.ts";

const CHECKOUT = path.resolve(import.meta.dirname, "../..");
const PATIENCE = { timeout: 120_000 };
const NOBODY = "postgres://nobody:very-private@127.0.0.1:1/nothing";
const usual: NodeJS.ProcessEnv = {
  ...{ PATH: process.env["PATH"], NODE_ENV: "production", DATABASE_URL: NOBODY, PORT: "0" },
};

async function start(entry: string, env: Record<string, string>) {
  const child = spawn(process.execPath, [entry], { cwd: CHECKOUT, env: { ...usual, ...env } });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, said };
}

test("a bad environment, of web and worker alike", PATIENCE, async () => {
  for (const entry of ["app/server.ts", "app/worker.ts"])
    expect(await start(entry, { DATABASE_URL: "mysql://root:very-private@host/db", PORT: "80a" })).toEqual({
      code: 1,
      said: [
        "The environment is not right:",
        "  - DATABASE_URL must be like postgres://user:password@host:5432/database",
        "  - PORT must be a port, 0 to 65535",
        "What to do: Set these variables as docs/deploy.md says, and start it again.\n",
      ].join("\n"),
    });
});

test("a port that somebody listens on", PATIENCE, async () => {
  await ensureBuild();
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  try {
    expect(await start("app/server.ts", { PORT: String(port), LISTEN_HOST: "127.0.0.1" })).toEqual({
      code: 1,
      said: `Something listens on port ${String(port)} already.\nWhat to do: Stop it, or set PORT to another port.\n`,
    });
  } finally {
    other.close();
  }
});

test(
  "a database that does not answer: the worker ends, the web process is up and its log says so at once",
  PATIENCE,
  async () => {
    expect(await start("app/worker.ts", {})).toEqual({
      code: 1,
      said: [
        "The database does not answer: connect ECONNREFUSED 127.0.0.1:1",
        "What to do: Check that PostgreSQL runs, and host and port in DATABASE_URL, then start it again.\n",
      ].join("\n"),
    });
    await ensureBuild();
    const lines: string[] = [];
    const web = await startChild({
      ...{ name: "web", args: ["app/server.ts"], cwd: CHECKOUT, env: { ...usual, LISTEN_HOST: "127.0.0.1" } },
      ready: /web process listening/,
      onLine: (line) => lines.push(line),
    });
    try {
      await expect
        .poll(() => lines.join("\n"))
        .toMatch(
          /"level":"warn".*"next":"Check that PostgreSQL runs[^"]*".*"msg":"The database does not answer/,
        );
    } finally {
      await web.stop();
    }
  },
);
