import { afterEach, describe, expect, test, vi } from "vitest";
import type { FaultRequest } from "#simulator/faults/fault-kinds.ts";
import {
  about,
  closeOpened,
  headersOf,
  NOW,
  numbersOf,
  openApp,
  openSender,
  several,
  sign,
  type Sending,
} from "#simulator/fixtures/test-sender.ts";
import type { Happening } from "./happening.ts";

afterEach(closeOpened);

describe("a fault of the road", () => {
  const delivered = async (on: FaultRequest[], told: Happening[], options: Sending = {}) => {
    const app = await openApp();
    const sender = openSender(app.url, { concurrency: 1, on, ...options });
    for (const one of told) sender.tell([one]);
    await sender.idle();
    return { app, sender, numbers: numbersOf(app) };
  };

  test("loses one", async () => {
    const { numbers, sender } = await delivered([{ kind: "webhook-lost", count: 1 }], several(3));
    expect(numbers).toEqual([2, 3]);
    expect(sender.stats()).toMatchObject({ told: 3, dropped: 1, delivered: 2 });
  });

  test("strikes only its topic", async () => {
    const on: FaultRequest[] = [{ kind: "webhook-lost", topic: "locations/delete" }];
    const { numbers } = await delivered(on, [about(1), about(2, "locations/delete"), about(3)]);
    expect(numbers).toEqual([1, 3]);
  });

  test("strikes its share, the same ones every time", async () => {
    const on: FaultRequest[] = [{ kind: "webhook-lost", share: 0.3 }];
    const [one, two] = [await delivered(on, several(200)), await delivered(on, several(200))];
    expect(one.numbers).toEqual(two.numbers);
    expect(one.sender.stats().dropped).toBeGreaterThan(30);
    expect(one.sender.stats().dropped).toBeLessThan(90);
  });

  test.each([undefined, 20])("sends one twice under one id, again after %s ms", async (delayMs) => {
    const on: FaultRequest[] = [{ kind: "webhook-doubled", count: 1, delayMs }];
    const { app, numbers, sender } = await delivered(on, several(2));
    expect(numbers).toEqual(delayMs === undefined ? [1, 1, 2] : [1, 2, 1]);
    expect(new Set(headersOf(app, "x-shopify-webhook-id")).size).toBe(2);
    expect(sender.stats()).toMatchObject({ told: 2, doubled: 1, delivered: 3 });
  });

  test("sends one late, stamped with the instant it happened", async () => {
    let now = NOW;
    const app = await openApp();
    const on: FaultRequest[] = [{ kind: "webhook-late", count: 1, delayMs: 30 }];
    const sender = openSender(app.url, { concurrency: 1, on, now: () => now });
    sender.tell([about(1)]);
    now = new Date("2026-11-22T10:00:05.000Z");
    sender.tell([about(2)]);
    expect(sender.stats().waiting).toBe(1);
    await sender.idle();
    expect(numbersOf(app)).toEqual([2, 1]);
    expect(headersOf(app, "x-shopify-triggered-at")).toEqual([
      "2026-11-22T10:00:05.000000000Z",
      "2026-11-22T10:00:00.123000000Z",
    ]);
  });

  test("holds one back until others have gone", async () => {
    const on: FaultRequest[] = [{ kind: "webhook-reordered", count: 1, after: 2 }];
    const app = await openApp();
    const sender = openSender(app.url, { concurrency: 1, on });
    sender.tell([about(1)]);
    sender.tell([about(2)]);
    await vi.waitFor(() => {
      expect(sender.stats()).toMatchObject({ delivered: 1, waiting: 1 });
    });
    sender.tell([about(3)]);
    await vi.waitFor(() => {
      expect(numbersOf(app)).toEqual([2, 3, 1]);
    });
  });

  test("holds one back no longer than it says, nor when nobody else comes", async () => {
    const on: FaultRequest[] = [{ kind: "webhook-reordered", count: 1, after: 9, delayMs: 10 }];
    const app = await openApp();
    const sender = openSender(app.url, { on });
    sender.tell([about(1)]);
    await vi.waitFor(() => {
      expect(numbersOf(app)).toEqual([1]);
    });
    const { numbers } = await delivered([{ kind: "webhook-reordered", after: 9 }], several(2));
    expect(numbers).toEqual([1, 2]);
  });

  test("forges one beside the true one, which the app's answer does not bring back", async () => {
    const app = await openApp((res, number) => res.writeHead(number === 0 ? 401 : 200).end());
    const sender = openSender(app.url, { concurrency: 1, on: [{ kind: "webhook-forged", count: 1 }] });
    sender.tell([about(1)]);
    await sender.idle();
    expect(headersOf(app, "x-shopify-hmac-sha256").map((one) => one === sign('{"id":1}'))).toEqual([
      false,
      true,
    ]);
    expect(new Set(headersOf(app, "x-shopify-webhook-id")).size).toBe(2);
    expect(sender.stats()).toMatchObject({ told: 1, delivered: 1, retried: 0, givenUp: 0 });
  });

  test("does not hear the app's answer, and tries again under the same id", async () => {
    const { app, sender } = await delivered([{ kind: "webhook-answer-lost", count: 2 }], several(1));
    expect(app.received).toHaveLength(3);
    expect(new Set(headersOf(app, "x-shopify-webhook-id")).size).toBe(1);
    expect(sender.stats()).toMatchObject({ delivered: 1, retried: 2 });
  });
});
