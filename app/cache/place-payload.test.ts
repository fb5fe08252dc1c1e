import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareStamps, placePayload, type Stamp } from "./place-payload.ts";

const stamp = (part: Partial<Stamp>): Stamp => ({
  shape: "rest",
  updatedAtMicros: 100,
  triggeredAtMicros: 1,
  contentHash: "a",
  ...part,
});

describe("a payload finds its place", () => {
  test("the same content again changes nothing", () => {
    expect(placePayload([stamp({})], stamp({}))).toEqual({
      action: "unchanged",
      main: "rest",
      asksForFetch: false,
    });
  });

  test("a newer one of its shape replaces", () => {
    const placed = placePayload([stamp({})], stamp({ updatedAtMicros: 200, contentHash: "b" }));
    expect(placed).toEqual({ action: "stored", main: "rest", asksForFetch: false });
  });

  test("an older one is superseded, however late it comes", () => {
    const placed = placePayload([stamp({ updatedAtMicros: 200 })], stamp({ contentHash: "b" }));
    expect(placed).toEqual({ action: "superseded", main: "rest", asksForFetch: false });
  });

  test("different content of the same instant also asks for a fetch, whichever came first", () => {
    const first = stamp({ contentHash: "a" });
    const second = stamp({ contentHash: "b" });
    expect(placePayload([first], second)).toMatchObject({ action: "stored", asksForFetch: true });
    expect(placePayload([second], first)).toMatchObject({ action: "superseded", asksForFetch: true });
  });

  test("a webhook triggered when an answer of its second had been asked for asks again, whichever came first", () => {
    const told = stamp({ triggeredAtMicros: 150, contentHash: "b" });
    const answer = (triggeredAtMicros: number) => stamp({ shape: "detail", triggeredAtMicros });
    expect(placePayload([answer(140)], told)).toMatchObject({ main: "detail", asksForFetch: true });
    expect(placePayload([told], answer(140))).toMatchObject({ main: "detail", asksForFetch: true });
    expect(placePayload([answer(160)], told).asksForFetch).toBe(false);
    expect(placePayload([told], answer(160)).asksForFetch).toBe(false);
    // An answer of a later second knows all of this one.
    expect(placePayload([stamp({ ...answer(140), updatedAtMicros: 200 })], told).asksForFetch).toBe(false);
  });

  test("two webhooks of one second ask for nothing where an answer asked for after both is known", () => {
    const answer = stamp({ shape: "detail", triggeredAtMicros: 9 });
    expect(placePayload([answer, stamp({})], stamp({ contentHash: "b" })).asksForFetch).toBe(false);
    expect(
      placePayload([answer, stamp({})], stamp({ contentHash: "b", triggeredAtMicros: 10 })).asksForFetch,
    ).toBe(true);
  });

  test("a dump whose document reads more stands without asking; one of the same document does not", () => {
    const bulk = stamp({ shape: "bulk" });
    const richer = stamp({ shape: "bulk", triggeredAtMicros: 2, contentHash: "b" });
    expect(placePayload([bulk], richer)).toMatchObject({ action: "stored", asksForFetch: false });
    expect(placePayload([bulk], stamp({ shape: "bulk", contentHash: "b" })).asksForFetch).toBe(true);
  });

  test("another shape never replaces, only which is newest of all moves", () => {
    const bulk = stamp({ shape: "bulk", updatedAtMicros: 50 });
    expect(placePayload([stamp({})], bulk)).toEqual({ action: "stored", main: "rest", asksForFetch: false });
    const newer = stamp({ shape: "bulk", updatedAtMicros: 300 });
    expect(placePayload([stamp({})], newer)).toEqual({ action: "stored", main: "bulk", asksForFetch: false });
  });
});

const anyStamp: fc.Arbitrary<Stamp> = fc.record({
  shape: fc.constantFrom("rest", "bulk", "detail"),
  updatedAtMicros: fc.constantFrom(null, 100, 200, 300),
  triggeredAtMicros: fc.constantFrom(null, 1, 2),
  contentHash: fc.constantFrom("a", "b", "c"),
});

/** What an entry holds after these payloads arrived in this order. */
function arrive(stamps: readonly Stamp[]) {
  let known: Stamp[] = [];
  let main = "";
  for (const stamp of stamps) {
    const placed =
      known.length === 0
        ? { action: "stored", main: stamp.shape, asksForFetch: false }
        : placePayload(known, stamp);
    if (placed.action === "stored" || placed.action === "touched")
      known = [...known.filter((other) => other.shape !== stamp.shape), stamp];
    main = placed.main;
  }
  return { known: known.sort(compareStamps), main };
}

test("the order of arrival cannot matter (law 3)", () => {
  fc.assert(
    fc.property(
      fc
        .array(anyStamp, { minLength: 1, maxLength: 6 })
        .chain((stamps) =>
          fc.tuple(fc.constant(stamps), fc.shuffledSubarray(stamps, { minLength: stamps.length })),
        ),
      ([stamps, shuffled]) => {
        expect(arrive(shuffled)).toEqual(arrive(stamps));
      },
    ),
    { numRuns: 2000 },
  );
});
