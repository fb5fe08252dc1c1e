import { expect, test } from "vitest";
import { jobCatalogue, jobTypes } from "#app/jobs/job-catalogue.ts";
import { parseSyncArguments, SYNC_USAGE } from "./parse-sync-arguments.ts";

const read = (line: string) => parseSyncArguments(line.split(" ").filter(Boolean));

test("every kind of job in the catalogue is a command, with what the kind takes by itself, and is in the usage", () => {
  for (const jobType of jobTypes) {
    const command = read(jobType);
    expect(command).toMatchObject({ command: "job", jobType, shop: undefined });
    if (command.command !== "job") throw new Error("no job");
    expect(jobCatalogue[jobType].options.safeParse(command.options).success, jobType).toBe(true);
    expect(SYNC_USAGE).toContain(`  ${jobType}`);
    expect(SYNC_USAGE).toContain(jobCatalogue[jobType].does);
  }
});

test("orders take a period, as it was written", () => {
  expect(read("orders --since 2026-01-01 --until 2026-01-31T10:00:00+05:30")).toEqual({
    ...{ command: "job", jobType: "orders", shop: undefined, options: {} },
    period: { since: "2026-01-01", until: "2026-01-31T10:00:00+05:30" },
  });
  expect(read("products")).toMatchObject({ period: null });
});

test("a look-back takes hours; a shop may be named", () => {
  expect(read("look-back --hours 48 --shop a.myshopify.com")).toMatchObject({
    ...{ jobType: "look-back", options: { hours: 48 }, shop: "a.myshopify.com" },
  });
});

test("a backfill writes only for real", () => {
  const kinds = ["products", "backfill"] as const;
  expect(parseSyncArguments(["backfill"], kinds)).toMatchObject({ options: { dryRun: true } });
  expect(parseSyncArguments(["backfill", "--for-real"], kinds)).toMatchObject({ options: { dryRun: false } });
});

test("status, for a person or a machine; help before anything else", () => {
  expect(read("status")).toEqual({ command: "status", shop: undefined, json: false });
  expect(read("status --json --shop a.myshopify.com")).toEqual({
    ...{ command: "status", shop: "a.myshopify.com", json: true },
  });
  expect(read("--help")).toEqual({ command: "help" });
  expect(read("orders -h")).toEqual({ command: "help" });
});

test.each([
  ["", "Which command? One of products, customers, orders"],
  ["everything", 'There is no command "everything": it is one of products'],
  ["products customers", 'products takes nothing more: "customers" is not understood.'],
  ["orders --from 2026-01-01", "Unknown option '--from'."],
  ["products --since 2026-01-01", "products takes no --since."],
  ["orders --json", "orders takes no --json."],
  ["products --for-real", "products takes no --for-real."],
  ["orders --since 2026-02-30", "--since must be a day like 2026-01-31, or a time with its zone"],
  ["orders --until 2026-01-31T10:00:00", "--until must be a day like 2026-01-31"],
  ["orders --since yesterday", 'not "yesterday".'],
  ["look-back --hours two", '--hours must be a whole number, not "two".'],
  ["status --shop my-store", '--shop must be like my-store.myshopify.com, not "my-store".'],
])("%s: what is wrong is named", (line, words) => {
  expect(() => read(line)).toThrow(words);
});
