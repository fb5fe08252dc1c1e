/** What we read of vitest's JSON report. */
export type TestReport = {
  testResults: { status: string; assertionResults: { status: string }[] }[];
};

/**
 * Tests passed and failed. Failed are also: skipped and to-do tests, a file that could not be loaded, a run
 * that ended badly for another reason (an error outside of any test), and a run without any test.
 */
export function countTests(
  report: Partial<TestReport>,
  exitCode: number,
): { passed: number; failed: number } {
  let passed = 0;
  let failed = 0;
  for (const file of report.testResults ?? []) {
    const passedHere = file.assertionResults.filter((test) => test.status === "passed").length;
    const failedHere = file.assertionResults.length - passedHere;
    passed += passedHere;
    failed += failedHere === 0 && file.status === "failed" ? 1 : failedHere;
  }
  if (failed === 0 && (exitCode !== 0 || passed === 0)) failed = 1;
  return { passed, failed };
}

/** For the last lines of a run that was asked for a part of the tests and ran none; null where some ran, or all were asked for. */
export function noTestWords(
  { testResults = [] }: Partial<TestReport>,
  args: readonly string[],
): string | null {
  if (testResults.length > 0 || args.length === 0) return null;
  return `No test was run: nothing fits "${args.join(" ")}". A file is chosen by its path or a part of it: npm test -- app/lib/money.test.ts`;
}
