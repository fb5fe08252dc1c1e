import type { DeliveriesOptions } from "./make-deliveries.ts";

export type RunOptions = {
  /** The address that gets the deliveries. */
  url: string;
  concurrency: number;
  /** Measured this long; what is sent in the seconds before is not. */
  seconds: number;
  warmUpSeconds: number;
  /** So many deliveries begin each second, whatever became of the others; without it, the next begins when one is answered. */
  perSecond?: number;
};

/** What one run of the load generator saw. */
export type RunFigures = {
  /** Everything sent, the warm-up included, and how many orders it was about. */
  sent: number;
  orders: number;
  updates: number;
  /** Answers that were not 200 and requests without an answer, in words. */
  refused: string[];
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Share of one processor the generator itself took. */
  cpuShare: number;
  /** The prepared orders were used up before the time was. */
  ranOut: boolean;
  answers: Answer[];
};

/** A delivery that was answered with 200, and when (this machine's clock, in ms). */
export type Answer = { orderId: string; updated: boolean; at: number };

export type LoadCommand =
  | { prepare: DeliveriesOptions }
  /** `keepAnswers`: the figures tell of every answer. */
  | { run: RunOptions; keepAnswers: boolean }
  | { stop: true };

export type LoadReport = { prepared: { orders: number; averageBytes: number } } | { ran: RunFigures };
