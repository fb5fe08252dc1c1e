import { InlineStack, Text } from "@shopify/polaris";
import { useCallback } from "react";

import { ChartCard } from "./chart-card.tsx";
import { delayLines } from "./chart-palette.ts";
import { delaysSummary } from "./chart-words.ts";
import type { ChartsView } from "./charts-view.ts";
import { useFormat } from "./shop-format.tsx";
import { delayWords } from "./webhook-health-words.ts";

/** How long the records that webhooks brought took from Shopify to the ERP, by the hour of the last 24. */
export function DelaysChart({ delays }: { delays: ChartsView["delays"] | null }) {
  const format = useFormat();
  const hours = delays?.hours ?? null;
  const summary = delays && delaysSummary(delays, format);
  const draw = useCallback(
    async (container: HTMLElement) => {
      const { drawDelays } = await import("./draw-chart.ts");
      return drawDelays(container, {
        hours: hours ?? [],
        labels: (hours ?? []).map(({ hour }) => format.clock(hour)),
        write: (ms) => delayWords(ms, format),
      });
    },
    [hours, format],
  );
  const words = (ms: number | null) => (ms === null ? "—" : delayWords(ms, format));
  return (
    <ChartCard
      title="From Shopify to the ERP in the last 24 hours"
      summary={summary}
      empty={delays !== null && summary === null ? "No record came by webhook in the last 24 hours." : null}
      draw={delays === null ? null : draw}
      legend={<Legend />}
      table={{
        headings: ["Hour from", "Records", "Waiting", "Median", "95% within"],
        rows: [...(hours ?? [])]
          .reverse()
          .map(({ hour, arrived, waiting, medianMs, p95Ms }) => [
            format.dateTime(hour),
            format.number(arrived),
            format.number(waiting),
            words(medianMs),
            words(p95Ms),
          ]),
      }}
    />
  );
}

function Legend() {
  const lines = [
    { ...delayLines.p95, words: "95% within" },
    { ...delayLines.median, words: "Median" },
  ];
  return (
    <InlineStack gap="400">
      {lines.map(({ colour, dashes, words }) => (
        <InlineStack key={words} gap="150" blockAlign="center" wrap={false}>
          <svg width="28" height="12" aria-hidden="true" focusable="false">
            <path d="M0 6H28" stroke={colour} strokeWidth="2" strokeDasharray={dashes ?? undefined} />
          </svg>
          <Text as="span">{words}</Text>
        </InlineStack>
      ))}
    </InlineStack>
  );
}
