import { existsSync, readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";
import { z } from "zod";

import { parseEnv } from "#app/lib/parse-env.ts";
import { webhookTopics } from "#app/shopify/webhooks/topics.ts";

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));

describe.each(["docs/deploy.md", "docs/webhooks.md"])("%s", (file) => {
  const text = readFileSync(file, "utf8");
  const quoted = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);

  test("names only commands that package.json has", () => {
    const named = quoted.flatMap((code) =>
      [...code.matchAll(/npm (?:run )?(?:-s )?(\S+)/g)].map(([, name = ""]) => name),
    );
    expect(named.filter((name) => !["ci", "run"].includes(name) && !(name in scripts))).toEqual([]);
  });

  test("names only files that are here", () => {
    const files = quoted.filter((code) =>
      /^(?:app|docs|prisma|scripts|public)?\/?[\w./-]+\.(?:ts|md|json)$/.test(code),
    );
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target = ""]) => `docs/${target}`);
    expect([...files, ...links].filter((name) => !existsSync(name))).toEqual([]);
  });
});

test("docs/deploy.md names every variable that the app reads, and no other", () => {
  const text = readFileSync("docs/deploy.md", "utf8");
  const named = new Set([...text.matchAll(/`([A-Z][A-Z_]{3,})`/g)].map(([, name = ""]) => name));
  // Given a value it refuses, the app names each variable it reads a value from.
  const refused = (name: string) => {
    try {
      return JSON.stringify(parseEnv({ [name]: "?" })) !== JSON.stringify(parseEnv({}));
    } catch {
      return true;
    }
  };
  const alone = [
    ...["NODE_ENV", "SHOPIFY_API_SECRET_OLD", "SCOPES", "APP_URL"], // count only beside others
    ...["HOST", "FRONTEND_PORT"], // read in development: scripts/dev.ts, vite.config.ts
  ];
  expect([...named].filter((name) => !refused(name) && !alone.includes(name))).toEqual([]);
  expect(named).toEqual(
    new Set([
      ...alone,
      "APP_BRIDGE_URL",
      "DATABASE_URL",
      "LISTEN_HOST",
      "LOG_LEVEL",
      "PORT",
      "SHOPIFY_ACCESS_TOKEN",
      "SHOPIFY_API_KEY",
      "SHOPIFY_API_SECRET",
      "SHOPIFY_API_VERSION",
      "SHOPIFY_APP_URL",
      "SHOPIFY_SHOP_DOMAIN",
      "SHOPIFY_WEBHOOK_SECRET",
    ]),
  );
});

test("docs/webhooks.md covers every topic", () => {
  const text = readFileSync("docs/webhooks.md", "utf8");
  const covered = (topic: string) => {
    const [family = "", action = ""] = topic.split("/");
    return (
      text.includes(topic) ||
      text.includes(`${family}/*`) ||
      new RegExp(`${family}/[^|]*\\b${action}\\b`).test(text)
    );
  };
  expect([...webhookTopics.keys()].filter((topic) => !covered(topic))).toEqual([]);
});
