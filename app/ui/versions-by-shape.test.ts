import { expect, test } from "vitest";

import type { VersionView } from "./cache-view.ts";
import { versionsByShape } from "./versions-by-shape.ts";

const version = (part: Partial<VersionView>): VersionView => ({
  ...{ kind: "order", id: "1", shape: "rest", source: "webhook", contentHash: "a", bytes: 1 },
  ...{
    shopifyUpdatedAt: null,
    triggeredAt: null,
    receivedAt: "2026-11-22T10:00:00.000Z",
    supersededAt: null,
  },
  ...part,
});
const at = (hour: number) => `2026-11-22T1${String(hour)}:00:00.000Z`;

test("of each shape the version in use stands first, then what Shopify changed last, whenever it came", () => {
  const groups = versionsByShape([
    version({ shape: "detail", contentHash: "d" }),
    version({ contentHash: "c", shopifyUpdatedAt: at(5) }),
    version({ contentHash: "late", shopifyUpdatedAt: at(1), receivedAt: at(9), supersededAt: at(9) }),
    version({ contentHash: "b", shopifyUpdatedAt: at(3), supersededAt: at(5) }),
  ]);
  expect(
    groups.map(({ shape, versions }) => [shape, versions.map(({ contentHash }) => contentHash)]),
  ).toEqual([
    ["detail", ["d"]],
    ["rest", ["c", "b", "late"]],
  ]);
});

test("a content that came again after another is one version", () => {
  const [group] = versionsByShape([version({}), version({ supersededAt: at(1) })]);
  expect(group?.versions).toHaveLength(1);
});
