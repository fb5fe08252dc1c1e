import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take minutes, whatever their size says: begun last, they would be waited for alone. */
const LONG = [
  "tests/e2e/every-width.test.ts",
  "tests/faults/fault-story.test.ts",
  "scripts/sync.server.test.ts",
];

/** The library's own order, but the long ones first. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => LONG.some((path) => moduleId.endsWith(`/${path}`));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/** The Remix plugin of vite.config.ts stays out: tests import modules, not the bundle. */
export default defineConfig({
  test: {
    // Tests wait for a database, a process or a browser: four at once keep two cores busy.
    maxWorkers: 4,
    sequence: { sequencer: LongFirst },
    // What is waited for comes later on a busy machine: a second is the library's own patience.
    expect: { poll: { timeout: 15_000 } },
    setupFiles: ["tests/setup/fail-on-console-error.ts"],
    env: { LOG_LEVEL: "silent", TZ: "Asia/Kolkata" },
    projects: [
      {
        extends: true,
        test: {
          name: "pure",
          include: ["{app,simulator,scripts,bench,extensions,tests}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.server.test.ts", "tests/{faults,e2e}/**"],
          // Pure files share nothing but what they import, and reading the Admin schema once is 40 % of the time.
          isolate: false,
          testTimeout: 60_000, // what takes 0.3 s on a free machine may not fail on a busy one
        },
      },
      {
        extends: true,
        test: {
          name: "server",
          include: ["{app,simulator,scripts,bench,tests}/**/*.server.test.ts"],
          exclude: ["tests/e2e/**"],
          globalSetup: ["tests/setup/start-test-postgres.ts"],
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          // Stores that live while everything goes wrong; `npm run faults` draws more of them.
          name: "faults",
          include: ["tests/faults/**/*.test.ts"],
          sequence: { groupOrder: 1 }, // after the other projects: what it tells of is load, not theirs
          maxConcurrency: 4, // stories at once: each is a web process, a worker and a database
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts"],
          globalSetup: ["tests/setup/start-test-postgres.ts"],
          sequence: { groupOrder: 2 }, // stores with a browser each, and nothing beside them
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
