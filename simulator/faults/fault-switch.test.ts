import { expect, test } from "vitest";
import type { FaultRequest } from "./fault-kinds.ts";
import { createFaultSwitch } from "./fault-switch.ts";

const ORDERS = { topic: "orders/updated" };

/** Which of 100 chances a fault takes. */
function taken(request: FaultRequest, seed?: number): number[] {
  const faults = createFaultSwitch(seed);
  faults.add(request);
  return Array.from({ length: 100 }, (_, n) => n).filter(() => faults.strike(request.kind, ORDERS) !== null);
}

test("a share is taken by the seed, and counts only when it strikes", () => {
  const share = taken({ kind: "webhook-late", share: 0.25 });
  expect(share.length).toBeGreaterThan(10);
  expect(share.length).toBeLessThan(45);
  expect(taken({ kind: "webhook-late", share: 0.25 })).toEqual(share);
  expect(taken({ kind: "webhook-late", share: 0.25 }, 2)).not.toEqual(share);
  expect(taken({ kind: "webhook-late", share: 0.25, count: 3 })).toEqual(share.slice(0, 3));
  expect(taken({ kind: "webhook-late", share: 0 })).toEqual([]);
  expect(taken({ kind: "webhook-late", share: 1 })).toHaveLength(100);
});

test("a chance that is not its own does not move a fault's dice", () => {
  const faults = createFaultSwitch();
  faults.add({ kind: "webhook-lost", share: 0.25, topic: ORDERS.topic });
  const struck = Array.from({ length: 100 }, (_, n) => n).filter(() => {
    expect(faults.strike("webhook-lost", { topic: "products/update" })).toBeNull();
    return faults.strike("webhook-lost", ORDERS) !== null;
  });
  expect(struck).toEqual(taken({ kind: "webhook-lost", share: 0.25 }));
});

test("what one fault leaves, the next may take", () => {
  const faults = createFaultSwitch();
  faults.add({ kind: "webhook-late", share: 0, delayMs: 1 });
  faults.add({ kind: "webhook-late", delayMs: 2 });
  expect(faults.strike("webhook-late", ORDERS)?.delayMs).toBe(2);
});

test.each([
  [{ kind: "webhook-late", topic: 7 }, "topic"],
  [{ kind: "webhook-late", topic: "orders" }, "topic"],
  [{ kind: "webhook-late", share: 1.1 }, "share"],
  [{ kind: "webhook-late", share: "half" }, "share"],
  [{ kind: "webhook-reordered", after: 0 }, "after"],
  [{ kind: "finish-webhook-lost" }, "webhook-lost"],
])("%j is refused by name", (request, words) => {
  expect(() => createFaultSwitch().add(request)).toThrow(words);
});
