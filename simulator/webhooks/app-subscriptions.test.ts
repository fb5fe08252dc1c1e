import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readAppSubscriptions } from "./app-subscriptions.ts";

const folder = mkdtempSync(join(tmpdir(), "app-toml-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function read(subscriptions: string): Record<string, string> {
  const file = join(folder, "shopify.app.toml");
  writeFileSync(file, `name = "App"\n[webhooks]\napi_version = "2026-10"\n${subscriptions}`);
  return readAppSubscriptions(file);
}
const subscription = (lines: string): string => `[[webhooks.subscriptions]]\n${lines}\n`;

test("every declared topic has its path, those of the privacy rules too", () => {
  expect(
    read(
      subscription('uri = "/hooks/orders"\ntopics = ["orders/create", "orders/updated"]') +
        subscription('uri = "/hooks/privacy"\ncompliance_topics = ["shop/redact"]'),
    ),
  ).toEqual({
    "orders/create": "/hooks/orders",
    "orders/updated": "/hooks/orders",
    "shop/redact": "/hooks/privacy",
  });
});

test("an app without subscriptions has none", () => {
  expect(read("")).toEqual({});
});

test.each([
  ["an address elsewhere", subscription('uri = "https://example.com/x"\ntopics = ["shop/update"]'), "path"],
  ["no address", subscription('topics = ["shop/update"]'), "path"],
  [
    "a topic twice",
    subscription('uri = "/a"\ntopics = ["shop/update"]') +
      subscription('uri = "/b"\ntopics = ["shop/update"]'),
    "shop/update is subscribed to twice",
  ],
])("%s is an error", (_, text, words) => {
  expect(() => read(text)).toThrow(words);
});
