import fc from "fast-check";
import { expect, test } from "vitest";
import { compareStamps } from "#app/cache/place-payload.ts";
import { newestFirst } from "#app/shopify/codecs/newest-first.ts";

const time = fc.constantFrom(
  null,
  "2026-11-01T10:00:00.000Z",
  "2026-11-22T00:00:00.000Z",
  "2026-12-01T10:00:00.000Z",
);

test("the payload the cache calls the newest of all is the one the merge lets speak first", () => {
  const slots = fc.tuple(
    ...(["rest", "bulk", "detail"] as const).map((shape) =>
      fc.record({ shape: fc.constant(shape), shopifyUpdatedAt: time, triggeredAt: time }),
    ),
  );
  const micros = (iso: string | null) => (iso === null ? null : Date.parse(iso) * 1000);
  fc.assert(
    fc.property(slots, (of) => {
      const byCache = of.toSorted((a, b) => {
        const stamp = (slot: (typeof of)[number]) => ({
          shape: slot.shape,
          updatedAtMicros: micros(slot.shopifyUpdatedAt),
          triggeredAtMicros: micros(slot.triggeredAt),
          contentHash: "",
        });
        return compareStamps(stamp(b), stamp(a));
      });
      expect(newestFirst(of).map(({ shape }) => shape)).toEqual(byCache.map(({ shape }) => shape));
    }),
  );
});
