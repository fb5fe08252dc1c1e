import type { OrderState } from "./order-states.ts";

/**
 * Colours of the charts. In the order in which they are stacked they grow lighter, so that neighbours are told apart in greyscale
 * and by every kind of colour blindness (the test computes it); each also has a pattern of its own, and a dark edge where it is light.
 */
export type Fill = {
  colour: string;
  mark: string;
  pattern: "plain" | "rising" | "dots" | "falling" | "level";
};

export const orderFills: Record<OrderState, Fill> = {
  delivered: { colour: "#2b2a66", mark: "#ffffff", pattern: "plain" },
  shipped: { colour: "#145b9c", mark: "#ffffff", pattern: "rising" },
  back: { colour: "#c9632f", mark: "#ffffff", pattern: "dots" },
  held: { colour: "#e9ab45", mark: "#5c3d00", pattern: "falling" },
  open: { colour: "#f7ecb0", mark: "#8a7a2a", pattern: "level" },
};

/** Around every part of a bar: a light one stands out from the page by it. */
export const EDGE = "#4a4a4a";

/** The lines of the delays: told apart by their dashes and the shape of their points too. */
export const delayLines = {
  median: { colour: "#0f4c81", dashes: null, points: "round" },
  p95: { colour: "#c9632f", dashes: "6 4", points: "square" },
} as const;
