import { expect } from "vitest";

import { databaseTest as test } from "#tests/setup/test-database.ts";

import { jobAsker, jobAskerSql } from "./job-asker.ts";

test("who asked for a job is told alike by the page and by the list's filter", async ({ database }) => {
  const names = ["page", "7912345", "schedule", "key 0192", "command line", "demo", "12a"];
  const { rows } = await database.pool.query<{ asker: string }>(
    `select ${jobAskerSql} as asker from unnest($1::text[]) with ordinality as asked("requestedBy", n) order by n`,
    [names],
  );
  expect(rows.map(({ asker }) => asker)).toEqual(names.map(jobAsker));
  expect(names.map(jobAsker)).toEqual([
    ...["page", "page", "schedule", "api"],
    ...["command-line", "command-line", "command-line"],
  ]);
});
