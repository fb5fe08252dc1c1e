import { describe, expect, test } from "vitest";
import { fromMinor } from "#app/lib/money.ts";
import { readOrderFacts, type FactRow } from "#app/erp/facts/read-order-facts.ts";
import { defaultSettings } from "#app/settings/default-settings.ts";
import { decodeAddress } from "#app/shopify/codecs/decode-address.ts";
import { decodeOrderNode } from "#app/shopify/codecs/decode-order-node.ts";
import { mergeOrderSlots, type OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import { anOrder, type LineSketch, type OrderSketch } from "#tests/fixtures/an-order.ts";
import { buildOrderData } from "./build-order-data.ts";
import { determineAmountToCollect } from "./determine-amount-to-collect.ts";
import { determineOrderStatus } from "./determine-order-status.ts";
import { addressKey, determineStopShip } from "./determine-stop-ship.ts";

type Json = Record<string, unknown>;

const on = (day: number) => `2026-11-${String(day).padStart(2, "0")}T09:00:00.000Z`;
const home = {
  ...{ name: "Asha Rao", address1: "12 MG Road", address2: null, city: "Pune", provinceCode: "MH" },
  ...{ countryCodeV2: "IN", zip: "411001", phone: "+919555501000" },
};
const line = (id: string, more: LineSketch = {}): LineSketch => ({
  id,
  price: "500.00",
  variantId: "90",
  ...more,
});
/** COD 1,000.00 of two lines, to Pune. */
const orderOf = (sketch: OrderSketch = {}, shippingAddress: Json | null = home): OrderSnapshot =>
  mergeOrderSlots(
    [
      {
        ...{ shape: "detail", shopifyUpdatedAt: null, triggeredAt: null },
        decoded: decodeOrderNode(
          anOrder({
            ...{ total: "1000.00", lines: [line("501"), line("502", { title: "Saree" })], updatedAt: on(10) },
            ...sketch,
            extra: { shippingAddress, ...sketch.extra },
          }),
        ),
      },
    ],
    [],
  );

const fact = (kind: string, more: Partial<FactRow> = {}): FactRow => ({
  ...{ kind, lineId: null, parcelId: null, qty: null, details: {}, at: on(3) },
  ...more,
});
const packed = (lineId: string, qty = 1) => fact("packed", { lineId, qty });
const handOver = (parcelId: string, lineId: string, qty = 1) =>
  fact("handed_over", { parcelId, lineId, qty, at: on(4) });
const confirm = (...keys: string[]) => fact("stop_ship_confirmed", { details: { keys } });
const receipt = (amount: string, parcelId: string | null) =>
  fact("receipt", { parcelId, details: { receiptId: "r1", amount } });

const homeKey = addressKey(decodeAddress(home));
const labelled = (amountToCollect: string, more: Json = {}) =>
  fact("labelled", {
    details: { addressKey: homeKey, amountToCollect, lineIds: ["501", "502"], ...more },
  });

function reasonsOf(order: OrderSnapshot, rows: FactRow[]) {
  const facts = readOrderFacts(rows);
  const status = determineOrderStatus(order, facts, {
    ...{ onHold: false, isHistory: false, now: new Date(on(12)), silentAfterDays: 10 },
  });
  const { packedMinor } = determineAmountToCollect(order, status, {
    ...{ payment: { paymentMethod: "COD" }, receipts: facts.receipts, round: "no" },
  });
  return determineStopShip(order, facts, status, fromMinor(packedMinor, "INR"));
}
const keysOf = (order: OrderSnapshot, rows: FactRow[]) => reasonsOf(order, rows).map(({ key }) => key);

/** Both lines packed, the label printed for all of it. */
const both = [packed("501"), packed("502"), labelled("1000.00")];
const moved = { ...home, address1: "7 Link Road", city: "Mumbai" };
const movedKey = `address-${String(addressKey(decodeAddress(moved)))}`;
const cancelled = {
  cancelledAt: on(9),
  currentTotal: "0.00",
  lines: ["501", "502"].map((id) => line(id, { currentQuantity: 0, unfulfilledQuantity: 0 })),
};
/** The second line was taken off, and with it half the money. */
const edited = {
  ...{ currentTotal: "500.00", outstanding: "500.00" },
  lines: [line("501"), line("502", { title: "Saree", currentQuantity: 0, unfulfilledQuantity: 0 })],
};
const added = {
  ...{ total: "1250.00" },
  lines: [line("501"), line("502"), line("503", { title: "Dupatta", price: "250.00" })],
};

describe("what stops a packed order", () => {
  test("nothing, while the label says what is so", () => {
    expect(reasonsOf(orderOf(), both)).toEqual([]);
  });

  test.each<[string, OrderSnapshot, [string, string][]]>([
    ["cancelled", orderOf(cancelled), [["cancelled", "The order was cancelled in Shopify"]]],
    [
      "units taken off",
      orderOf(edited),
      [
        ["line-502-0", "Saree: the order now has 0, 1 × Saree packed"],
        ["amount-500.00", "The amount to collect is now 500.00, the label says 1000.00"],
      ],
    ],
    [
      "a line added, at the same amount",
      orderOf({ ...added, outstanding: "1250.00" }),
      [["added-503", "Dupatta was added after packing"]],
    ],
    ["the address changed", orderOf({}, moved), [[movedKey, "The delivery address has changed"]]],
    ["the address gone", orderOf({}, null), [["address-none", "The delivery address has changed"]]],
    [
      "less to collect: the customer paid by a link",
      orderOf({ outstanding: "0.00", financialStatus: "PAID" }),
      [["amount-0.00", "The amount to collect is now 0.00, the label says 1000.00"]],
    ],
    [
      "more to collect",
      orderOf({ outstanding: "1049.00" }),
      [["amount-1049.00", "The amount to collect is now 1049.00, the label says 1000.00"]],
    ],
  ])("%s", (_what, order, reasons) => {
    expect(reasonsOf(order, both).map(({ key, words }) => [key, words])).toEqual(reasons);
  });
});

describe("what stops nothing", () => {
  const rest = labelled("500.00");
  test.each<[string, OrderSnapshot, FactRow[]]>([
    ["the other line is not packed yet", orderOf(), [packed("502"), rest]],
    [
      "the other parcel was handed over since",
      orderOf(),
      [packed("502"), rest, packed("501"), handOver("P1", "501")],
    ],
    [
      "and its money remitted",
      orderOf(),
      [packed("502"), rest, packed("501"), handOver("P1", "501"), receipt("500.00", "P1")],
    ],
    [
      "remitted, and Shopify knows",
      orderOf({ outstanding: "500.00" }),
      [
        ...[packed("502"), rest, handOver("P1", "501"), receipt("500.00", "P1")],
        fact("receipt_written_back", { details: { receiptId: "r1" }, at: on(5) }),
      ],
    ],
    [
      "the other parcel came back",
      orderOf(),
      [packed("502"), rest, handOver("P1", "501"), fact("rto_received", { parcelId: "P1", at: on(6) })],
    ],
    [
      "only shipping to pay: what is packed collects it, the other line nothing",
      orderOf({ total: "49.00", lines: [line("501", { price: "0.00" }), line("502", { price: "0.00" })] }),
      [packed("501"), labelled("49.00")],
    ],
    ["cancelled with nothing packed", orderOf(cancelled), []],
    [
      "cancelled with everything unpacked again",
      orderOf(cancelled),
      [...both, packed("501", -1), packed("502", -1)],
    ],
    [
      "cancelled when everything had been handed over",
      orderOf(cancelled),
      [...both, handOver("P1", "501"), handOver("P1", "502")],
    ],
    [
      "cancelled, what was packed being cancelled here too",
      orderOf(cancelled),
      [...both, ...["501", "502"].map((lineId) => fact("cancelled", { lineId, qty: 1 }))],
    ],
    ["edited where nothing is packed", orderOf(edited), [packed("501"), labelled("500.00")]],
    [
      "a tip added",
      orderOf({
        lines: [
          line("501"),
          line("502"),
          line("503", {
            ...{ price: "0.00", variantId: null },
            requiresShipping: false,
            unfulfilledQuantity: 0,
          }),
        ],
      }),
      both,
    ],
    [
      "a line added and taken off again",
      orderOf({
        ...added,
        outstanding: "1000.00",
        lines: [line("501"), line("502"), line("503", { currentQuantity: 0, unfulfilledQuantity: 0 })],
      }),
      both,
    ],
    [
      "the same address, written otherwise",
      orderOf({}, { ...home, name: "ASHA  RAO", address1: " 12 mg  Road " }),
      both,
    ],
    [
      "no label yet: only what is in the box counts",
      orderOf({ ...added, outstanding: "7.00" }, moved),
      [packed("501"), packed("502")],
    ],
  ])("%s", (_what, order, facts) => {
    expect(keysOf(order, facts)).toEqual([]);
  });

  test("without a label, a cancelled or edited order stops what is packed all the same", () => {
    const boxes = [packed("501"), packed("502")];
    expect(keysOf(orderOf(cancelled), boxes)).toEqual(["cancelled"]);
    expect(keysOf(orderOf(edited), boxes)).toEqual(["line-502-0"]);
  });
});

describe("a person's word", () => {
  const changed = orderOf({ ...edited, outstanding: "480.00" }, moved);
  const all = ["line-502-0", movedKey, "amount-480.00"];

  test.each(all)("confirming %s silences exactly that", (key) => {
    expect(keysOf(changed, both)).toEqual(all);
    expect(keysOf(changed, [...both, confirm(key)])).toEqual(all.filter((other) => other !== key));
  });

  test("everything confirmed, it may go", () => {
    expect(keysOf(changed, [...both, confirm(...all)])).toEqual([]);
    expect(keysOf(orderOf(cancelled), [...both, confirm("cancelled")])).toEqual([]);
  });

  test("news after that is news", () => {
    const further = orderOf({ ...edited, outstanding: "470.00" }, { ...moved, address1: "8 Link Road" });
    expect(keysOf(further, [...both, confirm(...all)])).toEqual([
      expect.stringMatching(/^address-.*8 link road/),
      "amount-470.00",
    ]);
  });

  test("labelled again, the label holds; what is in the box still has to be confirmed or unpacked", () => {
    const again = labelled("480.00", { addressKey: movedKey.slice("address-".length) });
    expect(keysOf(changed, [...both, again])).toEqual(["line-502-0"]);
    // Without the second line in the box the label has all the money that is left.
    expect(keysOf(changed, [...both, again, packed("502", -1)])).toEqual([]);
  });

  test("a line added is no news to a label printed after it", () => {
    const order = orderOf({ ...added, outstanding: "1250.00" });
    const again = labelled("1000.00", { lineIds: ["501", "502", "503"] });
    expect(keysOf(order, [...both, again])).toEqual([]);
  });
});

describe("the key of an address", () => {
  test.each([
    "name",
    "company",
    "address1",
    "address2",
    "city",
    "provinceCode",
    "countryCodeV2",
    "zip",
    "phone",
  ])("another %s is another address", (field) => {
    expect(addressKey(decodeAddress({ ...home, [field]: "XX" }))).not.toBe(homeKey);
  });

  test.each([
    ["capitals and blanks", { ...home, city: " PUNE ", name: "Asha   Rao" }],
    [
      "what only one shape tells in words",
      { ...home, province: "Maharashtra", country: "India", firstName: "Asha" },
    ],
    ["nothing, written as blank", { ...home, company: "" }],
  ])("%s make no difference", (_what, address) => {
    expect(addressKey(decodeAddress(address))).toBe(homeKey);
  });

  test("no address has no key", () => {
    expect(addressKey(null)).toBeNull();
  });
});

describe("in the order's rows", () => {
  const rowOf = (order: OrderSnapshot, facts: FactRow[]) =>
    buildOrderData(order, {
      ...{ shop: "one.myshopify.com", now: new Date(on(12)), cutOverAt: null, settings: defaultSettings },
      skus: {
        byVariantId: new Map([["90", { skuId: "sku", skuCode: null, productId: "p" }]]),
        ...{ bySkuCode: new Map(), byMapping: new Map() },
      },
      ...{ customers: new Map(), stored: new Map(), facts: new Map([[order.id, readOrderFacts(facts)]]) },
    }).rows.order;

  test.each<[string, OrderSnapshot, FactRow[], string, string | null]>([
    ["nothing to say", orderOf(), both, "open", null],
    [
      "an open order waits, for every reason",
      orderOf({ outstanding: "0.00" }, moved),
      both,
      "on_hold",
      "The delivery address has changed; The amount to collect is now 0.00, the label says 1000.00",
    ],
    ["confirmed, it waits no longer", orderOf({}, moved), [...both, confirm(movedKey)], "open", null],
    [
      "one that has shipped in part keeps its status and says it",
      orderOf({}, moved),
      [packed("502"), labelled("500.00"), handOver("P1", "501")],
      "partially_shipped",
      "The delivery address has changed",
    ],
  ])("%s", (_what, order, facts, status, stopShip) => {
    expect(rowOf(order, facts)).toMatchObject({ status, stopShip });
  });
});
