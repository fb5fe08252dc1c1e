import { expect, test } from "vitest";

import { jobTypes } from "#app/jobs/job-catalogue.ts";

import { cancelWords } from "./cancel-words.ts";
import { createFormat } from "./format.ts";

const format = createFormat({ locale: "en-IN", timeZone: "UTC" });

test("what was handled stays, and is counted", () => {
  const keeps = (processed: number) => cancelWords({ jobType: "orders", processed }, format).keeps;
  expect(keeps(0)).toBe("Everything that is in the cache and in the ERP stays as it is.");
  expect(keeps(1)).toBe("The 1 record it has handled stays in the cache and in the ERP.");
  expect(keeps(150_000)).toBe("The 1,50,000 records it has handled stay in the cache and in the ERP.");
});

test.each(jobTypes)("of %s it is said that it cannot be resumed, and that it could be paused", (jobType) => {
  const { loses, instead } = cancelWords({ jobType, processed: 5 }, format);
  expect(loses).toMatch(/cannot be resumed/);
  expect(instead).toMatch(/pause it/);
});
