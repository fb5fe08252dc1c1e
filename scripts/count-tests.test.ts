import { expect, test } from "vitest";
import { countTests, noTestWords } from "./count-tests.ts";

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});

test.each([
  ["all passed", [file("passed", "passed", "passed")], 0, "2 passed, 0 failed"],
  ["one failed", [file("failed", "passed", "failed")], 1, "1 passed, 1 failed"],
  ["a skipped test is a defect", [file("passed", "passed", "skipped", "todo")], 0, "1 passed, 2 failed"],
  ["a file that cannot be loaded", [file("failed"), file("passed", "passed")], 1, "1 passed, 1 failed"],
  ["an error outside of any test", [file("passed", "passed")], 1, "1 passed, 1 failed"],
  ["no test at all", [], 0, "0 passed, 1 failed"],
  ["no report", undefined, 1, "0 passed, 1 failed"],
])("%s", (_name, testResults, exitCode, line) => {
  const { passed, failed } = countTests({ testResults }, exitCode);
  expect(`${passed} passed, ${failed} failed`).toBe(line);
});

test("a filter that fits no test is said, and nothing else is", () => {
  expect(noTestWords({}, ["app/lib/mony"])).toContain('nothing fits "app/lib/mony"');
  expect(noTestWords({ testResults: [] }, ["x"])).not.toBeNull();
  expect(noTestWords({ testResults: [file("passed", "passed")] }, ["app/lib"])).toBeNull();
  expect(noTestWords({}, [])).toBeNull();
});
