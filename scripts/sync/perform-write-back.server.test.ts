import { expect } from "vitest";
import { recordInstall } from "#app/settings/record-install.server.ts";
import { createFormat } from "#app/ui/format.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { parseSyncArguments } from "./parse-sync-arguments.ts";
import type { WriteBackCommand } from "./parse-at-once-command.ts";
import { performWriteBack } from "./perform-write-back.ts";

const shop = "one.myshopify.com";
const now = new Date("2026-11-26T10:00:00Z");
const format = createFormat({ locale: null, timeZone: null });

test("a kind is switched on by the line its preview tells, and off at once", async ({
  database: { pool },
}) => {
  await recordInstall(pool, { shop, scopes: ["write_orders"], profile: null, now });
  const run = async (line: string) => {
    const read = parseSyncArguments(line.split(" "));
    if (read.command !== "at-once") throw new Error(`${line} is no command that is done at once`);
    const command = read.what as WriteBackCommand;
    return (await performWriteBack(pool, { shop, command, actor: "command line", now, format })).join("\n");
  };
  const seen = await run("write-back preview orderCancel");
  expect(seen).toContain("Nothing of this kind waits.");
  expect(seen).toContain("Later ones give money back");
  const [switchOn = ""] = /write-back on orderCancel --preview \S+/.exec(seen) ?? [];
  await expect(run(switchOn.replace("orderCancel", "orderMarkAsPaid"))).rejects.toMatchObject({
    code: "PREVIEW_NEEDED",
  });
  expect(await run(switchOn)).toBe("Switched on: Cancel an order");
  const listed = await run("write-back list");
  expect(listed).toMatch(/^orderCancel · Cancel an order · on · 0 wait$/m);
  expect(listed).toMatch(
    /^orderEdit · Edit an order · off · 0 wait · needs the permission edit the items of orders$/m,
  );
  expect(await run("write-back preview orderEdit")).toMatch(
    /grant it to the app in the store's Admin first\.$/,
  );
  expect(await run("write-back off orderCancel")).toBe("Switched off: Cancel an order");
  expect(await run("write-back list")).not.toContain("· on ·");
});
