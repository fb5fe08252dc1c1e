/** Law 8: the ERP's own facts stand, whatever Shopify says; and rows are a function, whatever the order of Shopify's lists. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toMinor } from "#app/lib/money.ts";
import { readOrderFacts, type FactRow } from "#app/erp/facts/read-order-facts.ts";
import type { OrderLineRow, OrderRows } from "#app/erp/orders/order-rows.ts";
import { buildOrderData } from "#app/erp/processor/build-order-data.ts";
import { defaultSettings } from "#app/settings/default-settings.ts";
import { decodeOrder } from "#app/shopify/codecs/decode-order.ts";
import { mergeOrderSlots, type OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import { legacyId } from "#simulator/store/ids.ts";
import { RecordRandom } from "#simulator/store/random.ts";
import { orderOf, type ArbitraryOrder } from "#tests/order-shapes/arbitrary-order.ts";
import { orderRecipe } from "#tests/order-shapes/order-recipe.ts";
import { plainNode } from "#tests/order-shapes/plain-node.ts";

const NUM_RUNS = 1_000;

type Json = Record<string, unknown>;
type Units = Map<string, number>;

/** One thing the ERP may do next; what it cannot do (any more) it does not do. */
type Step = { op: (typeof OPS)[number]; place: number; qty: number; box: number; awb: number };
const OPS = [
  ...["allocate", "pick", "pack", "pack", "hand_over", "hand_over", "hand_over", "cancel", "deliver"],
  ...["start_rto", "receive_rto", "receive_rto", "lose", "return", "resend"],
] as const;
const steps = fc.array(
  fc.record<Step>({
    op: fc.constantFrom(...OPS),
    place: fc.nat(5),
    qty: fc.integer({ min: 1, max: 9 }),
    box: fc.nat(2),
    awb: fc.nat(5),
  }),
  { maxLength: 16 },
);

type BoxState = "sent" | "delivered" | "rto_initiated" | "rto_received" | "lost";
type Box = { id: string; units: Units; state: BoxState; isResent: boolean };
/** What the ERP did with the units of a line. `handedOver` counts a unit sent twice once. */
type Done = { qty: number; allocated: number; picked: number; packed: number; sent: number } & {
  handedOver: number;
  cancelled: number;
  returned: number;
};
type Deeds = { rows: FactRow[]; lines: Map<string, Done>; boxes: Map<string, Box> };

/** The ERP works on an order: the facts of it, and what they come to. */
function workOn(order: ArbitraryOrder, plan: readonly Step[]): Deeds {
  const { recipe, draft } = order;
  const goods = draft.lines.slice(0, recipe.lines.length);
  const lines = new Map(
    goods.map(({ gid, quantity: qty }): [string, Done] => [
      legacyId(gid),
      { qty, allocated: 0, picked: 0, packed: 0, sent: 0, handedOver: 0, cancelled: 0, returned: 0 },
    ]),
  );
  const numbers = draft.fulfillments.flatMap(({ tracking }) => tracking?.number ?? []);
  const boxes = new Map<string, Box>();
  const rows: FactRow[] = [];
  const note = (kind: string, more: Partial<FactRow> = {}) => {
    const at = new Date(Date.UTC(2026, 10, 1) + rows.length * 3_600_000).toISOString();
    rows.push({ ...{ kind, lineId: null, parcelId: null, qty: null, details: {}, at }, ...more });
  };
  const count = (kind: string, lineId: string, qty: number, more: Partial<FactRow> = {}) => {
    if (qty > 0) note(kind, { lineId, qty, ...more });
  };
  const putIn = (box: Box, lineId: string, done: Done, qty: number, awbNumber: string | null) => {
    if (qty <= 0) return;
    count("handed_over", lineId, qty, { parcelId: box.id, details: { awbNumber } });
    box.units.set(lineId, (box.units.get(lineId) ?? 0) + qty);
    boxes.set(box.id, box);
    done.sent += qty;
  };
  const openBox = (id: string): Box =>
    boxes.get(id) ?? { id, units: new Map(), state: "sent", isResent: false };
  const move = (box: Box | undefined, from: readonly BoxState[], to: BoxState, kind: string) => {
    if (box === undefined || !from.includes(box.state)) return;
    box.state = to;
    note(kind, { parcelId: box.id });
  };

  for (const { op, place, qty, box: n, awb } of plan) {
    const [lineId, done] = [...lines][place % lines.size] ?? [];
    const box = boxes.get(`P${String(n)}`);
    if (lineId === undefined || done === undefined) break;
    const stage = (upTo: number) => {
      const from = { allocate: 1, pick: 2, pack: 3, hand_over: 3 }[op as "pick"];
      const free = done.qty - done.cancelled - (done.packed - (done.sent - done.handedOver));
      const more = Math.max(0, Math.min(upTo, free));
      const raise = (key: "allocated" | "picked" | "packed", by: number) => {
        count(key, lineId, by);
        done[key] += by;
      };
      raise("allocated", Math.max(0, done.packed + more - done.allocated));
      if (from >= 2) raise("picked", Math.max(0, done.packed + more - done.picked));
      if (from >= 3) raise("packed", more);
    };
    switch (op) {
      case "allocate":
      case "pick":
      case "pack":
        if (goods[place % goods.length]?.requiresShipping) stage(qty);
        break;
      case "hand_over": {
        if (!goods[place % goods.length]?.requiresShipping || (box && box.state !== "sent")) break;
        stage(qty);
        const units = Math.min(qty, done.packed - done.sent, done.qty - done.cancelled - done.handedOver);
        // No AWB, one of its own, or one that Shopify has for a fulfilment too.
        const number =
          awb === 0 ? null : awb < 3 ? `OWN-${String(n)}` : (numbers[(awb + n) % numbers.length] ?? null);
        putIn(openBox(`P${String(n)}`), lineId, done, units, number);
        done.handedOver += Math.max(0, units);
        break;
      }
      case "cancel": {
        const units = Math.min(qty, done.qty - done.handedOver - done.cancelled);
        count("cancelled", lineId, units);
        done.cancelled += Math.max(0, units);
        break;
      }
      case "deliver":
        move(box, ["sent", "rto_initiated"], "delivered", "delivered");
        break;
      case "start_rto":
        move(box, ["sent"], "rto_initiated", "rto_initiated");
        break;
      case "receive_rto":
        move(box, ["sent", "rto_initiated"], "rto_received", "rto_received");
        break;
      case "lose":
        move(box, ["sent", "rto_initiated"], "lost", "lost");
        break;
      case "return": {
        for (const one of boxes.values())
          if (one.units.has(lineId)) move(one, ["sent"], "delivered", "delivered");
        const units = Math.min(qty, unitsIn(boxes, "delivered", lineId) - done.returned);
        if (units <= 0) break;
        const caseId = `R${String(rows.length)}`;
        note("return_opened", { details: { caseId, lines: [{ lineId, qty: units }] } });
        count("returned", lineId, units, { details: { caseId } });
        done.returned += units;
        break;
      }
      case "resend": {
        move(box, ["sent", "rto_initiated"], "rto_received", "rto_received");
        if (!box || box.isResent || (box.state !== "rto_received" && box.state !== "lost")) break;
        box.isResent = true;
        for (const [id, units] of box.units) {
          const again = lines.get(id);
          if (!again) continue;
          for (const key of ["allocated", "picked", "packed"] as const) {
            count(key, id, units);
            again[key] += units;
          }
          putIn(openBox(`${box.id}-again`), id, again, units, null);
        }
      }
    }
  }
  return { rows, lines, boxes };
}

function unitsIn(boxes: Map<string, Box>, state: BoxState, lineId: string): number {
  let units = 0;
  for (const box of boxes.values())
    if (box.state === state && !box.isResent) units += box.units.get(lineId) ?? 0;
  return units;
}

type Told = { rest?: Json; bulk?: Json };

/** @param older which of the two was true before the other, where there are both */
function snapshotOf(told: Told, older: "rest" | "bulk" = "bulk"): OrderSnapshot {
  return mergeOrderSlots(
    (["rest", "bulk"] as const).flatMap((shape) =>
      told[shape] === undefined
        ? []
        : [
            {
              ...{
                shape,
                shopifyUpdatedAt: `2026-11-${shape === older ? "01" : "02"}T00:00:00Z`,
                triggeredAt: null,
              },
              decoded: decodeOrder(shape, JSON.stringify(told[shape])),
            },
          ],
    ),
    [],
  );
}

function rowsOf(order: OrderSnapshot, facts: ReturnType<typeof readOrderFacts>): OrderRows {
  const sku = { skuId: "sku", skuCode: null, productId: "p" };
  return buildOrderData(order, {
    ...{ shop: "one.myshopify.com", now: new Date("2026-11-25T00:00:00Z"), cutOverAt: null },
    settings: defaultSettings,
    skus: {
      byVariantId: new Map(order.lines.flatMap(({ variantId }) => (variantId ? [[variantId, sku]] : []))),
      ...{ bySkuCode: new Map(), byMapping: new Map() },
    },
    ...{ customers: new Map(), stored: new Map(), facts: new Map([[order.id, facts]]) },
  }).rows;
}

/** What a row says less than the ERP's own facts, as texts. */
function undone(rows: OrderRows, { lines, boxes }: Deeds): string[] {
  const faults: string[] = [];
  const least = (what: string, is: number, wanted: number) => {
    if (is < wanted) faults.push(`${what} is ${String(is)}, not at least ${String(wanted)}`);
  };
  for (const row of rows.lines) {
    const done = lines.get(row.shopifyLineId);
    if (done === undefined) continue;
    const of = (what: string) => `${what} of line ${row.shopifyLineId} (${String(row.qty)})`;
    least(of("shipped"), row.shippedQty, Math.min(row.qty, done.handedOver));
    least(of("delivered"), row.deliveredQty, unitsIn(boxes, "delivered", row.shopifyLineId));
    least(of("returned"), row.returnedQty, done.returned);
    least(of("cancelled"), row.cancelledQty, Math.min(done.cancelled, row.qty - done.handedOver));
    const inBox = done.packed - done.sent;
    least(of("packed"), row.packedQty, Math.min(inBox, row.qty - row.shippedQty - done.cancelled));
    if (row.packedQty > inBox)
      faults.push(`${of("packed")} is ${String(row.packedQty)}, more than ${String(inBox)}`);
    // Back in the house, unless Shopify says that as many units went out beside what the ERP sent.
    const back = unitsIn(boxes, "rto_received", row.shopifyLineId);
    if (rows.parcels.every(({ linesKnown }) => linesKnown))
      least(of("back"), row.rtoQty, back - unitsBeside(rows, boxes, row.shopifyLineId));
  }
  for (const { id, state } of boxes.values()) {
    const parcel = rows.parcels.find((one) => one.id === id);
    if (parcel === undefined || parcel.state === "cancelled") faults.push(`${id} was never handed over`);
    else if (state !== "sent" && parcel.state !== state)
      faults.push(`${id} is ${parcel.state}, not ${state}`);
  }
  return faults;
}

/** Units of a line that only Shopify says are in parcels. */
function unitsBeside(rows: OrderRows, boxes: Map<string, Box>, lineId: string): number {
  const left = new Set(rows.parcels.filter(({ state }) => state !== "cancelled").map(({ id }) => id));
  let units = 0;
  for (const { shopifyLineId, parcelId, qty } of rows.parcelLines)
    if (shopifyLineId === lineId && left.has(parcelId))
      units += qty - (boxes.get(parcelId)?.units.get(lineId) ?? 0);
  return units;
}

/** Quantities no line can have. */
function impossible(rows: OrderRows): string[] {
  const holds = (row: OrderLineRow) =>
    row.shippedQty + row.cancelledQty <= row.qty &&
    // What came back may be made ready again.
    row.shippedQty - row.rtoQty + row.cancelledQty + row.allocatedQty <= row.qty &&
    row.packedQty <= row.pickedQty &&
    row.pickedQty <= row.allocatedQty &&
    row.deliveredQty + row.rtoQty <= row.shippedQty &&
    row.returnedQty <= row.deliveredQty &&
    row.refundedQty <= row.qty &&
    Math.min(row.packedQty, row.cancelledQty, row.returnedQty, row.rtoQty, row.refundedQty) >= 0;
  const faults = rows.lines.filter((row) => !holds(row)).map((row) => `impossible: ${JSON.stringify(row)}`);
  const minor = (amount: string) => toMinor(amount, rows.order.presentmentCurrency);
  const collect = minor(rows.order.amountToCollect);
  const labels = rows.parcels.map(({ amountToCollect }) => minor(amountToCollect));
  if (labels.some((label) => label < 0) || labels.reduce((sum, label) => sum + label, 0) > collect)
    faults.push(`labels say ${labels.join(", ")} of ${String(collect)}`);
  if (collect > Math.max(0, minor(rows.order.presentmentOutstandingAmount)))
    faults.push("more than is outstanding");
  return faults;
}

/** One order that lived in two ways, told by two payloads, and what the ERP did with it meanwhile. */
const stories = fc.tuple(orderRecipe, orderRecipe, steps).map(([recipe, { events }, plan]) => ({
  one: orderOf(recipe),
  other: orderOf({ ...recipe, events }),
  plan,
}));

describe(`law 8, over ${String(NUM_RUNS)} orders`, () => {
  test("nothing Shopify says undoes what the ERP did", () => {
    const seen = new Map<string, number>();
    const see = (what: string, is: boolean) => seen.set(what, (seen.get(what) ?? 0) + Number(is));
    fc.assert(
      fc.property(stories, ({ one, other, plan }) => {
        const deeds = workOn(one, plan);
        const facts = readOrderFacts(deeds.rows);
        const tellings: [string, OrderSnapshot][] = [
          ["dump", snapshotOf({ bulk: plainNode(one.node) })],
          ["webhook", snapshotOf({ rest: one.rest })],
          ["another life's dump", snapshotOf({ bulk: plainNode(other.node) })],
          [
            "another life's webhook, the dump older",
            snapshotOf({ rest: other.rest, bulk: plainNode(one.node) }),
          ],
          [
            "another life's dump, the webhook older",
            snapshotOf({ rest: one.rest, bulk: plainNode(other.node) }, "rest"),
          ],
        ];
        for (const [road, order] of tellings) {
          const rows = rowsOf(order, facts);
          const faults = [...undone(rows, deeds), ...impossible(rows)];
          if (faults.length > 0)
            throw new Error(`${road}: ${faults.join(" · ")}\n${JSON.stringify(deeds.rows)}`);
          see(
            "one parcel of both sides",
            rows.parcels.some(
              ({ origin, shopifyFulfillmentId }) => origin === "erp" && shopifyFulfillmentId !== null,
            ),
          );
          see(
            "cancelled by Shopify, out by the ERP",
            rows.order.cancelledAt !== null && deeds.boxes.size > 0,
          );
          see("packed, and stopped", rows.order.stopShip !== null);
          see(
            "sent again",
            rows.parcels.some(({ id }) => id.endsWith("-again")),
          );
          for (const { lineStatus } of rows.lines) see(lineStatus, true);
        }
        expect(facts).toEqual(readOrderFacts(deeds.rows));
      }),
      { numRuns: NUM_RUNS },
    );
    for (const status of [
      "pending",
      "allocated",
      "picked",
      "packed",
      "shipped",
      "delivered",
      "cancelled",
      "rto",
      "returned",
    ])
      expect(seen.get(status), status).toBeGreaterThan(0);
    for (const what of [
      "one parcel of both sides",
      "cancelled by Shopify, out by the ERP",
      "packed, and stopped",
      "sent again",
    ])
      expect(seen.get(what), what).toBeGreaterThan(50);
  }, 120_000);
});

/** Every list of records in a payload in another order, down to the lines of a parcel; what stands in an order of its own stays. */
function shuffled(value: unknown, random: RecordRandom, key = ""): unknown {
  if (Array.isArray(value)) {
    const list = value.map((one) => shuffled(one, random, key));
    if (!SHUFFLED.has(key)) return list;
    for (let i = list.length - 1; i > 0; i--) {
      const j = random.between(0, i);
      [list[i], list[j]] = [list[j], list[i]];
    }
    return list;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [name, shuffled(child, random, name)]),
  );
}

const SHUFFLED = new Set([
  ...["lineItems", "fulfillments", "refunds", "returns", "returnLineItems", "shippingLines"],
  ...["line_items", "refund_line_items", "shipping_lines"],
]);

describe("law 5: rows are a function", () => {
  test("of the set of what was told, not of the order of its lists; computed twice, they are equal", () => {
    let moved = 0;
    fc.assert(
      fc.property(
        stories,
        fc.constantFrom("bulk", "rest", "both"),
        fc.nat(),
        ({ one, other, plan }, road, seed) => {
          const facts = readOrderFacts(workOn(one, plan).rows);
          const told: Told = {
            ...(road !== "rest" && { bulk: plainNode(other.node) }),
            ...(road !== "bulk" && { rest: one.rest }),
          };
          const another = shuffled(told, new RecordRandom(seed, 1, 1)) as Told;
          moved += Number(JSON.stringify(another) !== JSON.stringify(told));
          const rows = rowsOf(snapshotOf(told), facts);
          const text = JSON.stringify(rows);
          for (const again of [told, another]) {
            const same = rowsOf(snapshotOf(again), facts);
            // As texts: comparing whole orders field by field takes ten times as long.
            if (JSON.stringify(same) !== text) expect(same).toEqual(rows);
          }
        },
      ),
      { numRuns: NUM_RUNS },
    );
    expect(moved).toBeGreaterThan(NUM_RUNS / 2);
  }, 120_000);
});
