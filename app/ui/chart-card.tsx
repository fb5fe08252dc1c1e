import { Box, Button, Card, BlockStack, InlineStack, SkeletonBodyText, Text } from "@shopify/polaris";
import { useCallback, useEffect, useRef, useState, type ReactNode } from "react";

/** Draws into the container, its code loaded only then; gives what takes the chart away. */
type Draw = (container: HTMLElement) => Promise<() => void>;
export type ChartTable = { headings: string[]; rows: string[][] };

/** As high as the chart, so that nothing moves when it comes, is empty, or becomes a table. */
const HEIGHT = "240px";

/**
 * One chart: what it says in a sentence, the chart, its legend, and all of it as a table for whoever wants the numbers.
 * @param summary null while it is being loaded; `empty` instead of the chart where there is nothing to draw
 * @param draw the same function until what is drawn changes; null while that is being loaded
 */
export function ChartCard({
  title,
  summary,
  empty,
  draw,
  legend,
  table,
}: {
  title: string;
  summary: string | null;
  empty: string | null;
  draw: Draw | null;
  legend: ReactNode;
  table: ChartTable;
}) {
  const [asTable, setAsTable] = useState(false);
  // Kept until what is drawn changes: then its code is asked for once more.
  const [undrawn, setUndrawn] = useState<Draw | null>(null);
  const keepUndrawn = useCallback((failed: Draw) => {
    setUndrawn(() => failed);
  }, []);
  const isUndrawn = draw !== null && undrawn === draw;
  const isDrawn = empty === null && draw !== null;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {title}
          </Text>
          {isDrawn && !isUndrawn ? (
            <Button
              accessibilityLabel={`${title}: ${asTable ? "show as chart" : "show as table"}`}
              onClick={() => {
                setAsTable(!asTable);
              }}
            >
              {asTable ? "Show as chart" : "Show as table"}
            </Button>
          ) : null}
        </InlineStack>
        {empty === null ? (
          <Text as="p" tone="subdued">
            {summary ?? "Counting…"}
          </Text>
        ) : null}
        {isDrawn && isUndrawn ? (
          <Text as="p">The chart could not be loaded. Here are its numbers; reload the page to draw it.</Text>
        ) : null}
        {empty !== null ? (
          <Nothing>{empty}</Nothing>
        ) : isDrawn && (asTable || isUndrawn) ? (
          <Numbers title={title} table={table} />
        ) : (
          <>
            <Box minHeight={HEIGHT} borderRadius="200">
              {isDrawn ? (
                <Canvas label={`${title}. ${summary ?? ""}`} draw={draw} onFailed={keepUndrawn} />
              ) : null}
              {draw === null ? <SkeletonBodyText lines={8} /> : null}
            </Box>
            {legend}
          </>
        )}
      </BlockStack>
    </Card>
  );
}

/** In the chart's place, and as high. */
function Nothing({ children }: { children: string }) {
  return (
    <Box background="bg-surface-secondary" borderRadius="200" padding="400">
      <div style={{ minHeight: HEIGHT, display: "grid", placeItems: "center", textAlign: "center" }}>
        <Text as="p" tone="subdued">
          {children}
        </Text>
      </div>
    </Box>
  );
}

function Canvas({
  label,
  draw,
  onFailed,
}: {
  label: string;
  draw: Draw;
  /** Told, once, that the code could not be loaded or did not draw. */
  onFailed: (draw: Draw) => void;
}) {
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let takeAway: (() => void) | null = null;
    let isGone = false;
    if (container.current)
      draw(container.current).then(
        (drawn) => {
          takeAway = drawn;
          if (isGone) drawn();
        },
        () => {
          if (!isGone) onFailed(draw);
        },
      );
    return () => {
      isGone = true;
      takeAway?.();
    };
  }, [draw, onFailed]);
  return <div ref={container} className="chart" role="img" aria-label={label} style={{ height: HEIGHT }} />;
}

/** Reached by the keyboard where it is wider than the page and has to be scrolled, which Polaris' table is not. */
function Numbers({ title, table: { headings, rows } }: { title: string; table: ChartTable }) {
  return (
    <div className="chart-table" role="region" aria-label={`${title} as a table`} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {headings.map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...cells]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells.map((cell, index) => (
                <td key={headings[index + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
