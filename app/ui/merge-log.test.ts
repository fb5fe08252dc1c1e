import { expect, test } from "vitest";

import type { JobLogPart } from "./job-pages-view.ts";
import { withNewest, withOlder } from "./merge-log.ts";

const part = (ids: readonly number[], hasOlder = false): JobLogPart => ({
  lines: ids.map((id) => ({
    id: String(id),
    at: "2026-11-26T10:00:00Z",
    level: "info",
    message: `step ${String(id)}`,
  })),
  hasOlder,
});
const shown = ({ lines, hasOlder }: JobLogPart) => [lines.map(({ id }) => Number(id)), hasOlder];

test("new lines stand above those that were read before, each once", () => {
  expect(shown(withNewest(null, part([3, 2], true)))).toEqual([[3, 2], true]);
  expect(shown(withNewest(part([3, 2, 1]), part([5, 4, 3], true)))).toEqual([[5, 4, 3, 2, 1], false]);
  expect(shown(withNewest(part([3, 2, 1]), part([3, 2, 1])))).toEqual([[3, 2, 1], false]);
});

test("where lines between are missing, the newest begin anew and the others are asked for", () => {
  expect(shown(withNewest(part([3, 2, 1]), part([9, 8], true)))).toEqual([[9, 8], true]);
  expect(shown(withNewest(part([3]), part([])))).toEqual([[], false]);
});

test("older lines stand below", () => {
  expect(shown(withOlder(part([5, 4], true), part([4, 3, 2], true)))).toEqual([[5, 4, 3, 2], true]);
});
