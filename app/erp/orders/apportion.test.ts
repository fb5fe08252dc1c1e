import fc from "fast-check";
import { expect, test } from "vitest";
import { apportion } from "./apportion.ts";

test("shares are rounded running sums, so the odd paisa goes where it falls due", () => {
  expect(apportion(10000, [1, 1, 1])).toEqual([3333, 3334, 3333]);
  expect(apportion(80000, [29000, 10000])).toEqual([59487, 20513]);
  expect(apportion(5, [0, 0])).toEqual([3, 2]);
  expect(apportion(7, [])).toEqual([]);
});

test("a label that is printed keeps its amount when the rest is split into further parcels", () => {
  fc.assert(
    fc.property(fc.nat(1e9), fc.array(fc.nat(1e6), { minLength: 1, maxLength: 9 }), (minor, weights) => {
      const last = weights.reduce((sum, weight) => sum + weight, 0);
      weights.forEach((_, printed) => {
        const parcels = weights.slice(0, printed);
        const rest = last - parcels.reduce((sum, weight) => sum + weight, 0);
        if (last > 0)
          expect(apportion(minor, [...parcels, rest]).slice(0, printed)).toEqual(
            apportion(minor, weights).slice(0, printed),
          );
      });
    }),
  );
});

test("shares always add up to the amount, and differ from the fair share by less than one unit", () => {
  fc.assert(
    fc.property(fc.nat(1e12), fc.array(fc.nat(1e9), { minLength: 1, maxLength: 9 }), (minor, weights) => {
      const shares = apportion(minor, weights);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(minor);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      if (total > 0)
        shares.forEach((share, i) =>
          expect(Math.abs(share - (minor * (weights[i] ?? 0)) / total)).toBeLessThan(1.001),
        );
    }),
  );
});
