import fc from "fast-check";
import type { Moment } from "./mixed-shop.ts";

/** What somebody else does to an order in Shopify; `n` picks which line or parcel, `units` how many, `flip` between two ways. */
export const foreignActs = [
  ...["fulfil", "courier news", "cancel fulfilment", "cancel order", "take off", "add", "refund"],
  ...["hold", "release", "pay", "return", "move", "track", "delete"],
] as const;
export type ForeignAct = {
  what: (typeof foreignActs)[number];
  n: number;
  units: number;
  flip: boolean;
};

/** An ERP action: one of those that are allowed, of some of the units; or one that nobody asked whether it is. */
export type Click = {
  /** Picks among what is allowed; null: `name`, allowed or not. */
  pick: number | null;
  name: string;
  share: number;
  flip: boolean;
  outcome: "restocked" | "damaged" | "lost";
};

/** What goes wrong while Shopify is told. */
export const sendFaults = [
  ...["none", "answer-lost", "applied-late", "throttled", "http-5xx", "fulfilled-first"],
] as const;
/** The root fields a fault waits for; null: the first request. */
const operations = [
  ...["fulfillmentCreate", "fulfillmentTrackingInfoUpdate", "fulfillmentEventCreate", "fulfillmentCancel"],
  ...["orderCancel", "orderEditCommit", "orderMarkAsPaid", "orderCreateManualPayment"],
];

/**
 * A second sender of the same shop: in the middle of the first one's turn, or at the same time. `late`: the first was silent for longer
 * than its lease, but not in the middle of a request, for that takes less.
 */
export type Second = { when: Moment | "together"; late: boolean };

/** A person's word on money that Shopify was not told of; `n` picks which. */
export type PaymentWord = { word: "drop" | "booked"; n: number };

export type Step = { order: number; afterMs: number } & (
  | { do: "click"; click: Click }
  /** From the shelf to the road: picked, packed, and handed over unless it only stands `ready`; as far as it is allowed. */
  | { do: "ship"; share: number; ready: boolean; awb: boolean; elsewhere: boolean; tell: boolean }
  /** A courier pays out what a parcel was to collect. */
  | { do: "remit"; n: number }
  | { do: "shopify"; act: ForeignAct }
  | {
      do: "send";
      fault: (typeof sendFaults)[number];
      operation: string | null;
      /** What somebody does after Shopify was read and before it is told. */
      between: ForeignAct | Click | null;
      second: Second | null;
    }
  | { do: "hear"; count: number; reversed: boolean; doubled: boolean; lost: boolean }
  | { do: "work" }
  /** A person has a difference sent again. */
  | { do: "again" }
  | ({ do: "decide payment" } & PaymentWord)
);

export type PlannedOrder = {
  lines: { variant: number; quantity: number }[];
  payment: "paid" | "pending";
  shipping: "0" | "49.50";
  /** Percent off the whole order. */
  off: number;
  /** The customer has paid a part of it before. */
  part: boolean;
};

/** `plus`: the shop is on Shopify Plus, where a part of what is owed may be told. */
export type Mix = { plus: boolean; orders: PlannedOrder[]; steps: Step[] };

const n = fc.nat({ max: 11 });
export const foreign: fc.Arbitrary<ForeignAct> = fc.record({
  what: fc.constantFrom(...foreignActs),
  n,
  units: fc.integer({ min: 1, max: 3 }),
  flip: fc.boolean(),
});
export const click: fc.Arbitrary<Click> = fc.record({
  pick: fc.oneof({ weight: 5, arbitrary: n }, { weight: 1, arbitrary: fc.constant(null) }),
  name: fc.constantFrom(
    ...["allocate", "deallocate", "pick", "pack", "unpack", "relabel", "hand_over", "update_tracking"],
    ...["take_back", "deliver", "lose", "initiate_rto", "receive_rto", "cancel", "open_return"],
    ...["receive_return", "close_case", "confirm_stop_ship", "release_hold"],
  ),
  share: fc.integer({ min: 1, max: 100 }),
  flip: fc.boolean(),
  outcome: fc.constantFrom("restocked", "damaged", "lost"),
});

export const second: fc.Arbitrary<Second | null> = fc.option(
  fc.record({
    when: fc.constantFrom("read" as const, "leaving" as const, "done" as const, "together" as const),
    late: fc.boolean(),
  }),
  { freq: 3 },
);

/** Each kind of step with how often it comes; an order that is never shipped meets few surprises. */
const doings = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("click" as const), click }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("ship" as const),
      share: fc.constantFrom(30, 60, 100, 100),
      ready: fc.nat({ max: 3 }).map((drawn) => drawn === 3),
      awb: fc.boolean(),
      elsewhere: fc.nat({ max: 6 }).map((drawn) => drawn === 6),
      tell: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("remit" as const), n }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("shopify" as const), act: foreign }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("send" as const),
      fault: fc.oneof(
        { weight: 4, arbitrary: fc.constant("none" as const) },
        { weight: 2, arbitrary: fc.constant("answer-lost" as const) },
        { weight: 2, arbitrary: fc.constant("applied-late" as const) },
        { weight: 2, arbitrary: fc.constantFrom(...sendFaults) },
      ),
      operation: fc.option(fc.constantFrom(...operations), { freq: 4 }),
      between: fc.option(fc.oneof(foreign, click), { freq: 2 }),
      second,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("hear" as const),
      count: fc.integer({ min: 1, max: 12 }),
      reversed: fc.boolean(),
      doubled: fc.boolean(),
      lost: fc.nat({ max: 7 }).map((drawn) => drawn === 7),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("work" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("again" as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("decide payment" as const),
      word: fc.constantFrom("drop" as const, "booked" as const),
      n,
    }),
  },
);

const step: fc.Arbitrary<Step> = fc
  .tuple(
    fc.nat({ max: 1 }),
    // Shopify's times are of a second: some things happen within one.
    fc.constantFrom(0, 400, 1_000, 90_000),
    doings,
  )
  .map(([order, afterMs, doing]) => ({ order, afterMs, ...doing }));

const line = fc.record({ variant: fc.nat({ max: 5 }), quantity: fc.integer({ min: 1, max: 3 }) });
const order: fc.Arbitrary<PlannedOrder> = fc.record({
  lines: fc.uniqueArray(line, { minLength: 1, maxLength: 3, selector: ({ variant }) => variant }),
  payment: fc.constantFrom("paid", "pending"),
  shipping: fc.constantFrom("0", "49.50"),
  off: fc.constantFrom(0, 0, 7),
  part: fc.boolean(),
});

/** One or two orders and what is done to them, one thing after the other. */
export const mixes: fc.Arbitrary<Mix> = fc.record({
  plus: fc.boolean(),
  orders: fc.array(order, { minLength: 1, maxLength: 2 }),
  steps: fc.array(step, { minLength: 4, maxLength: 14, size: "max" }),
});
