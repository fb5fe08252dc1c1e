import { InlineStack, Text } from "@shopify/polaris";
import { useCallback } from "react";

import { ChartCard } from "./chart-card.tsx";
import { ChartFills } from "./chart-fills.tsx";
import { EDGE } from "./chart-palette.ts";
import { ordersOf, ordersSummary } from "./chart-words.ts";
import type { ChartsView } from "./charts-view.ts";
import { fillId } from "./fill-id.ts";
import { orderStates, orderStateWords } from "./order-states.ts";
import { useFormat } from "./shop-format.tsx";

/** The orders of the last 30 days by the day they were created and by what has become of them. */
export function OrdersChart({ days }: { days: ChartsView["days"] | null }) {
  const format = useFormat();
  const summary = days && ordersSummary(days, format);
  const draw = useCallback(
    async (container: HTMLElement) => {
      const { drawOrders } = await import("./draw-chart.ts");
      return drawOrders(container, {
        days: days ?? [],
        labels: (days ?? []).map(({ day }) => format.shortDay(day)),
        write: format.number,
      });
    },
    [days, format],
  );
  return (
    <ChartCard
      title="Orders of the last 30 days"
      summary={summary}
      empty={days !== null && summary === null ? "No order was created in the last 30 days." : null}
      draw={days === null ? null : draw}
      legend={<Legend />}
      table={{
        headings: ["Day", "Orders", ...[...orderStates].reverse().map((state) => orderStateWords[state])],
        rows: [...(days ?? [])]
          .reverse()
          .map((day) => [
            format.day(day.day),
            format.number(ordersOf(day)),
            ...[...orderStates].reverse().map((state) => format.number(day.orders[state])),
          ]),
      }}
    />
  );
}

/** From the top of a bar to its foot. */
function Legend() {
  return (
    <InlineStack gap="400">
      <ChartFills />
      {[...orderStates].reverse().map((state) => (
        <InlineStack key={state} gap="150" blockAlign="center" wrap={false}>
          <svg width="18" height="14" aria-hidden="true" focusable="false">
            <rect x="0.5" y="0.5" width="17" height="13" fill={`url(#${fillId(state)})`} stroke={EDGE} />
          </svg>
          <Text as="span">{orderStateWords[state]}</Text>
        </InlineStack>
      ))}
    </InlineStack>
  );
}
