import fc from "fast-check";
import { click, foreign, second, type Click, type ForeignAct, type Second } from "./draw-mix.ts";
import type { Moment } from "./mixed-shop.ts";

/** What moves stock on either side; `level` and `order` pick among those there are. */
export type StockAct =
  /** The ERP says what it can sell, how many more or less, or what it keeps back. */
  | { what: "set" | "safety"; level: number; qty: number }
  | { what: "adjust"; level: number; by: number }
  /** Somebody counts in Shopify. */
  | { what: "count"; level: number; qty: number }
  /** … and finds a few more or less than Shopify shows: as many as orders may have moved. */
  | { what: "recount"; level: number; by: number }
  | { what: "order"; lines: { item: number; quantity: number }[]; payment: "paid" | "pending" }
  /** Somebody adds units of an item to an order. */
  | { what: "add"; order: number; item: number; quantity: number }
  /** Somebody does something else to an order in Shopify; or the ERP does. */
  | { what: "touch"; order: number; act: ForeignAct }
  | { what: "click"; order: number; click: Click }
  | { what: "ship"; order: number };

export const stockFaults = ["none", "answer-lost", "stock-moved", "throttled", "http-5xx"] as const;

export type StockStep = { afterMs: number } & (
  | { do: "act"; act: StockAct }
  | {
      do: "send";
      fault: (typeof stockFaults)[number];
      /** What happens in the middle of the sender's turn. */
      between: { when: Exclude<Moment, "done">; act: StockAct } | null;
      second: Second | null;
    }
  | { do: "hear"; count: number; reversed: boolean; doubled: boolean; lost: boolean }
  | { do: "work" }
  /** A person has every difference of the comparison sent; what was asked sent again, or left as it is. */
  | { do: "differences" | "again" | "drop" }
);

export type StockMix = {
  rule: "erp" | "shopify" | "ask";
  /** One more location of the ERP's feeds Shopify's first. */
  attic: boolean;
  /** What Shopify has of each level to begin with, and the ERP, where it has said something. */
  start: { shopify: number; erp: number | null }[];
  /** Both sides have agreed before anything happens. */
  settled: boolean;
  steps: StockStep[];
};

/** Mostly one, so that much happens to it. */
const level = fc.constantFrom(0, 0, 0, 0, 1, 2, 3);
const qty = fc.oneof(fc.nat({ max: 12 }), fc.constantFrom(0, 40, 80));
const order = fc.nat({ max: 3 });

const act: fc.Arbitrary<StockAct> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant("set" as const), level, qty }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("safety" as const), level, qty }) },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant("adjust" as const),
      level,
      by: fc.integer({ min: -3, max: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("count" as const), level, qty }) },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant("recount" as const),
      level,
      by: fc.integer({ min: -3, max: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant("order" as const),
      lines: fc.uniqueArray(
        fc.record({ item: fc.nat({ max: 1 }), quantity: fc.integer({ min: 1, max: 3 }) }),
        { minLength: 1, maxLength: 2, selector: ({ item }) => item },
      ),
      payment: fc.constantFrom("paid", "pending"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...{ what: fc.constant("add" as const), order, item: fc.nat({ max: 1 }) },
      quantity: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ what: fc.constant("touch" as const), order, act: foreign }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("click" as const), order, click }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("ship" as const), order }) },
);

const doings = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: fc.constant("act" as const), act }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("send" as const),
      fault: fc.oneof(
        { weight: 3, arbitrary: fc.constant("none" as const) },
        { weight: 2, arbitrary: fc.constant("answer-lost" as const) },
        { weight: 2, arbitrary: fc.constantFrom(...stockFaults) },
      ),
      between: fc.option(fc.record({ when: fc.constantFrom("read" as const, "leaving" as const), act }), {
        freq: 2,
      }),
      second,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("hear" as const),
      count: fc.integer({ min: 1, max: 30 }),
      reversed: fc.boolean(),
      doubled: fc.boolean(),
      lost: fc.nat({ max: 11 }).map((drawn) => drawn === 11),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("work" as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom("differences" as const, "again" as const, "drop" as const) }),
  },
);

const step: fc.Arbitrary<StockStep> = fc
  .tuple(fc.constantFrom(0, 1_000, 31_000, 200_000, 200_000), doings)
  .map(([afterMs, doing]) => ({ afterMs, ...doing }));

/** Two items at two locations, orders for them, counts and words of the ERP, one thing after the other. */
export const stockMixes: fc.Arbitrary<StockMix> = fc.record({
  rule: fc.constantFrom("erp", "shopify", "ask", "ask"),
  attic: fc.boolean(),
  start: fc.array(fc.record({ shopify: qty, erp: fc.option(qty, { freq: 2 }) }), {
    minLength: 3,
    maxLength: 3,
  }),
  settled: fc.constantFrom(true, true, false),
  steps: fc.array(step, { minLength: 4, maxLength: 14, size: "max" }),
});
