import type { ChartsView, DayOfOrders } from "./charts-view.ts";
import type { Format } from "./format.ts";
import { orderStates, orderStateWords } from "./order-states.ts";
import { delayWords } from "./webhook-health-words.ts";

/** All orders of a day. */
export function ordersOf({ orders }: DayOfOrders): number {
  return orderStates.reduce((sum, state) => sum + orders[state], 0);
}

/** The chart of orders in words; null where there were none. */
export function ordersSummary(days: readonly DayOfOrders[], format: Format): string | null {
  const total = days.reduce((sum, day) => sum + ordersOf(day), 0);
  const most = days.reduce<DayOfOrders | null>(
    (top, day) => (top === null || ordersOf(day) > ordersOf(top) ? day : top),
    null,
  );
  if (total === 0 || most === null) return null;
  const states = orderStates
    .map((state) => ({ state, orders: days.reduce((sum, day) => sum + day.orders[state], 0) }))
    .filter(({ orders }) => orders > 0)
    .map(({ state, orders }) => `${orderStateWords[state].toLowerCase()} ${format.number(orders)}`);
  return `${format.number(total)} ${total === 1 ? "order" : "orders"}, the most on ${format.day(most.day)} (${format.number(ordersOf(most))}): ${states.join(", ")}.`;
}

/** The chart of delays in words; null where no webhook brought a record. */
export function delaysSummary({ whole }: ChartsView["delays"], format: Format): string | null {
  const { arrived, waiting, medianMs, p95Ms } = whole;
  if (arrived + waiting === 0) return null;
  const records = (count: number) => `${format.number(count)} ${count === 1 ? "record" : "records"}`;
  const waits = waiting === 0 ? "" : ` ${records(waiting)} still ${waiting === 1 ? "waits" : "wait"}.`;
  if (medianMs === null || p95Ms === null) return waits.trim();
  return `${records(arrived)} came by webhook: half of them within ${delayWords(medianMs, format)}, 95% within ${delayWords(p95Ms, format)}.${waits}`;
}
