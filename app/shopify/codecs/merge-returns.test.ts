import { describe, expect, test } from "vitest";
import { mergeReturns, type ToldReturns } from "./merge-returns.ts";
import type { ReturnPart } from "./order-parts.ts";

const goods = [{ lineId: "501", qty: 1, processedQty: 0, reason: "SIZE_TOO_SMALL" }];
const fewer = [{ lineId: "501", qty: 2, processedQty: 1, reason: null }];
const aReturn = (id: string, patch: Partial<ReturnPart> = {}): ReturnPart => ({
  ...{ id, name: `#1001-R${id}`, status: "OPEN", createdAt: "2026-11-02T10:00:00Z", closedAt: null },
  ...{ lines: undefined, exchangeLineIds: undefined },
  ...patch,
});
const told = (shape: string, ...returns: ReturnPart[]): ToldReturns => ({ shape, returns });
const silent = (shape: string): ToldReturns => ({ shape, returns: undefined });

describe("whether anything comes back", () => {
  test.each<[string, ToldReturns[]]>([
    ["no payload", []],
    ["payloads that do not say", [silent("rest"), silent("bulk")]],
  ])("nobody knows: %s", (_what, payloads) => {
    expect(mergeReturns(payloads)).toBeUndefined();
  });

  test.each<[string, ToldReturns[], string]>([
    ["the newest says so", [told("rest"), silent("bulk")], "rest"],
    ["an older says so, the newest nothing", [silent("rest"), told("bulk")], "bulk"],
  ])("nothing does: %s", (_what, payloads, from) => {
    expect(mergeReturns(payloads)).toEqual({ returns: [], from, changed: false });
  });
});

describe("the goods from the newest payload that knows goods, how it stands from the newest of all", () => {
  const known = aReturn("31", { lines: goods, exchangeLineIds: ["503"] });

  test.each<[string, Partial<ReturnPart>, Partial<ReturnPart>, boolean]>([
    ["the same", {}, {}, false],
    [
      "closed since",
      { status: "CLOSED", closedAt: "2026-11-05T10:00:00Z" },
      { status: "CLOSED", closedAt: "2026-11-05T10:00:00Z" },
      true,
    ],
    ["canceled since", { status: "CANCELED" }, { status: "CANCELED" }, true],
  ])("a webhook after a dump: %s", (_what, patch, expected, changed) => {
    expect(
      mergeReturns([told("rest", aReturn("31", { name: null, ...patch })), told("bulk", known)]),
    ).toEqual({
      ...{ returns: [{ ...known, ...expected }], from: "bulk", changed },
    });
  });

  test("a webhook that does not say when it was closed leaves what is known", () => {
    const closed = { ...known, status: "CLOSED", closedAt: "2026-11-05T10:00:00Z" };
    const merged = mergeReturns([told("rest", aReturn("31", { status: "CLOSED" })), told("bulk", closed)]);
    expect(merged).toMatchObject({ returns: [closed], changed: false });
  });

  test("a return that only the webhook knows is there, without goods, and is a change", () => {
    const merged = mergeReturns([told("rest", aReturn("31"), aReturn("32")), told("detail", known)]);
    expect(merged).toEqual({ returns: [known, aReturn("32")], from: "detail", changed: true });
  });

  test("a webhook alone tells that there is one, and how it stands", () => {
    expect(mergeReturns([told("rest", aReturn("31")), silent("bulk")])).toEqual({
      ...{ returns: [aReturn("31")], from: "rest", changed: false },
    });
  });

  test("a dump or fetch that is the newest speaks for itself; a webhook before it says nothing more", () => {
    const merged = mergeReturns([
      told("bulk", known),
      told("rest", aReturn("31", { status: "CLOSED" }), aReturn("32")),
    ]);
    expect(merged).toEqual({ returns: [known], from: "bulk", changed: false });
  });

  test("the newer of two that know goods", () => {
    const newer = aReturn("31", { lines: fewer });
    expect(mergeReturns([told("bulk", newer), told("detail", known)])?.returns).toMatchObject([
      { lines: fewer },
    ]);
    expect(
      mergeReturns([told("rest", aReturn("31")), told("bulk", newer), told("detail", known)])?.returns,
    ).toMatchObject([{ lines: fewer }]);
  });
});

describe("what only a fetch can say is kept", () => {
  test("what goes out in exchange, when a dump came after", () => {
    const fetched = aReturn("31", { lines: fewer, exchangeLineIds: ["503"] });
    const dumped = aReturn("31", { lines: goods });
    expect(mergeReturns([told("bulk", dumped), told("detail", fetched)])?.returns).toEqual([
      { ...dumped, exchangeLineIds: ["503"] },
    ]);
  });

  test("that nothing goes out, told as such, is told", () => {
    const dumped = aReturn("31", { lines: [], exchangeLineIds: [] });
    const fetched = aReturn("31", { lines: goods, exchangeLineIds: ["503"] });
    expect(mergeReturns([told("bulk", dumped), told("detail", fetched)])?.returns).toEqual([dumped]);
  });

  test("goods that the newest could not list in full, from an older that could", () => {
    const cut = aReturn("31", { lines: undefined, exchangeLineIds: [] });
    expect(
      mergeReturns([told("detail", cut), told("bulk", aReturn("31", { lines: goods }))])?.returns,
    ).toEqual([{ ...cut, lines: goods }]);
  });

  test("another return's goods are not this one's", () => {
    const other = aReturn("32", { lines: goods, exchangeLineIds: ["503"] });
    expect(mergeReturns([told("detail", aReturn("31")), told("bulk", other)])?.returns).toEqual([
      aReturn("31"),
    ]);
  });
});

test("in the order of their ids, whichever payload told them", () => {
  const merged = mergeReturns([
    told("rest", aReturn("9"), aReturn("100")),
    told("bulk", aReturn("100", { lines: [] }), aReturn("31", { lines: [] })),
  ]);
  expect(merged?.returns.map(({ id }) => id)).toEqual(["9", "31", "100"]);
});

test("the payloads themselves stay as they were", () => {
  const payloads = [
    told("rest", aReturn("31", { status: "CLOSED" })),
    told("bulk", aReturn("31", { lines: goods })),
  ];
  const before = structuredClone(payloads);
  mergeReturns(payloads);
  expect(payloads).toEqual(before);
});
