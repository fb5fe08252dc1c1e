import { BarChart, LineChart, type BarChartOptions, type Label } from "chartist";

import { delayLines, EDGE } from "./chart-palette.ts";
import type { ChartsView, DayOfOrders } from "./charts-view.ts";
import { fillId } from "./fill-id.ts";
import { orderStates, orderStateWords } from "./order-states.ts";

import "./chart.css";

/** Loaded when a chart is drawn, and not before: Chartist weighs as much as the rest of Home. */

const PHONE = "screen and (max-width: 640px)";
const BAR_OF_STEP = 0.7;
/** Of the labels below the chart one in so many is written: more do not fit. */
const EVERY = { desk: 3, phone: 8 };

/** Writes one label in `every`, counted from the right, so that the newest has one. */
const oneIn = (every: number, labels: readonly string[]) => ({
  labelInterpolationFnc: (label: Label, index: number) =>
    (labels.length - 1 - index) % every === 0 ? label : null,
});

/** How a value of the vertical axis is written. */
type WriteValue = (value: number) => string;

const verticalAxis = (write: WriteValue, offset: number) => ({
  ...{ onlyInteger: true, offset, scaleMinSpace: 36 },
  labelInterpolationFnc: (label: Label) => write(Number(label)),
});

/**
 * Orders by day and state as stacked bars.
 * @param labels one for each day
 * @returns takes the chart away
 */
export function drawOrders(
  container: HTMLElement,
  { days, labels, write }: { days: readonly DayOfOrders[]; labels: string[]; write: WriteValue },
): () => void {
  const options: BarChartOptions = {
    ...{ stackBars: true, chartPadding: { top: 12, right: 20, bottom: 0, left: 0 }, low: 0 },
    axisX: { showGrid: false, offset: 24, ...oneIn(EVERY.desk, labels) },
    axisY: verticalAxis(write, 44),
  };
  const chart = new BarChart(
    container,
    { labels, series: orderStates.map((state) => days.map(({ orders }) => orders[state])) },
    options,
    [[PHONE, { axisX: oneIn(EVERY.phone, labels) }]],
  );
  // Chartist's bars are strokes, which take neither a pattern nor an edge.
  chart.on("draw", (drawn) => {
    if (drawn.type !== "bar") return;
    const state = orderStates[drawn.seriesIndex];
    const height = Math.abs(drawn.y1 - drawn.y2);
    if (state !== undefined && height > 0) {
      const width = (drawn.chartRect.width() / days.length) * BAR_OF_STEP;
      const [x, y] = [drawn.x1 - width / 2, Math.min(drawn.y1, drawn.y2)];
      const fill = `url(#${fillId(state)})`;
      const bar = drawn.group.elem("rect", {
        ...{ x, y, width, height, fill, stroke: EDGE, "stroke-width": 0.75 },
      });
      const count = days[drawn.index]?.orders[state] ?? 0;
      bar
        .elem("title")
        .text(`${labels[drawn.index] ?? ""}: ${orderStateWords[state].toLowerCase()} ${write(count)}`);
    }
    drawn.element.remove();
  });
  return () => {
    chart.detach();
  };
}

/**
 * Median and 95th percentile of the delay by hour as two lines; an hour in which nothing came is a gap.
 * @param labels one for each hour
 * @returns takes the chart away
 */
export function drawDelays(
  container: HTMLElement,
  { hours, labels, write }: { hours: ChartsView["delays"]["hours"]; labels: string[]; write: WriteValue },
): () => void {
  const lines = [delayLines.median, delayLines.p95];
  const chart = new LineChart(
    container,
    { labels, series: [hours.map(({ medianMs }) => medianMs), hours.map(({ p95Ms }) => p95Ms)] },
    {
      ...{ lineSmooth: false, low: 0, chartPadding: { top: 12, right: 44, bottom: 0, left: 0 } },
      axisX: { showGrid: false, offset: 24, ...oneIn(EVERY.desk, labels) },
      axisY: verticalAxis(write, 60),
    },
    [[PHONE, { axisX: oneIn(EVERY.phone, labels) }]],
  );
  chart.on("draw", (drawn) => {
    if (drawn.type !== "line" && drawn.type !== "point") return;
    const line = lines[drawn.seriesIndex];
    if (line === undefined) return;
    const { colour, dashes, points } = line;
    drawn.element.attr(
      drawn.type === "line"
        ? { stroke: colour, "stroke-dasharray": dashes ?? undefined }
        : { stroke: colour, "stroke-linecap": points },
    );
  });
  return () => {
    chart.detach();
  };
}
