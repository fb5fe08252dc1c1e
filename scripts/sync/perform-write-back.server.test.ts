import { expect } from "vitest";
import { recordInstall } from "#app/settings/record-install.server.ts";
import { createFormat } from "#app/ui/format.ts";
import { bringStock } from "#tests/fixtures/bring-stock.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { parseSyncArguments } from "./parse-sync-arguments.ts";
import type { WriteBackCommand } from "./parse-at-once-command.ts";
import { performStockRules } from "./perform-stock-rules.ts";
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

test("without a page the ERP is let lead and stock switched on by the comparison in figures", async ({
  database: { pool },
}) => {
  await recordInstall(pool, { shop, scopes: ["write_inventory"], profile: null, now });
  let minute = 0;
  const run = async (line: string) => {
    const read = parseSyncArguments(line.split(" "));
    if (read.command !== "at-once") throw new Error(`${line} is no command that is done at once`);
    const at = new Date(now.getTime() + 60_000 * ++minute);
    const who = { shop, actor: "command line", now: at };
    const lines =
      read.what.does === "stock-rules"
        ? await performStockRules(pool, { ...read.what, ...who })
        : await performWriteBack(pool, { ...who, command: read.what as WriteBackCommand, format });
    return lines.join("\n");
  };
  const preview = () => run("write-back preview inventorySet");
  await expect(preview()).rejects.toMatchObject({ code: "SHOPIFY_STOCK_LEADS" });
  await expect(run("stock-rules --leads nobody")).rejects.toMatchObject({ code: "VALIDATION" });
  expect(await run("stock-rules --leads erp --locations WH-1=12")).toMatch(
    /^The ERP leads[^]*^WH-1 feeds Shopify's location 12$/m,
  );
  await expect(preview()).rejects.toMatchObject({ code: "STOCK_NOT_SYNCED" });
  await bringStock(pool, { shop, items: 3, shopify: 4 });
  const seen = await preview();
  for (const line of ["Would be lowered: 0", "Left alone, ERP says nothing: 3"]) expect(seen).toContain(line);
  expect(await run(/write-back on inventorySet --preview \S+/.exec(seen)?.[0] ?? "none")).toBe(
    "Switched on: Set stock",
  );
});
