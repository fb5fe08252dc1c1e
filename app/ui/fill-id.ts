import type { OrderState } from "./order-states.ts";

/** The SVG pattern that fills a state, drawn once on the page by `ChartFills`. */
export function fillId(state: OrderState): string {
  return `fill-${state}`;
}
