import fc from "fast-check";
import { expect, test } from "vitest";
import { apportion } from "./apportion.ts";

test("100.00 over three equal parts gives the odd paisa to the first", () => {
  expect(apportion(10000, [1, 1, 1])).toEqual([3334, 3333, 3333]);
  expect(apportion(80000, [29000, 10000])).toEqual([59487, 20513]);
  expect(apportion(5, [0, 0])).toEqual([3, 2]);
  expect(apportion(7, [])).toEqual([]);
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
