import { orderFills, type Fill } from "./chart-palette.ts";
import { fillId } from "./fill-id.ts";
import { orderStates } from "./order-states.ts";

const SIZE = 8;
const paths: Record<Fill["pattern"], string> = {
  plain: "",
  rising: `M0 ${String(SIZE)}L${String(SIZE)} 0`,
  falling: `M0 0L${String(SIZE)} ${String(SIZE)}`,
  level: `M0 ${String(SIZE / 2)}H${String(SIZE)}`,
  dots: "M3.5 4h1",
};

/** The patterns that fill the states of orders, for the chart and its legend. */
export function ChartFills() {
  return (
    <svg width="0" height="0" aria-hidden="true" focusable="false" style={{ position: "absolute" }}>
      <defs>
        {orderStates.map((state) => {
          const { colour, mark, pattern } = orderFills[state];
          return (
            <pattern key={state} id={fillId(state)} width={SIZE} height={SIZE} patternUnits="userSpaceOnUse">
              <rect width={SIZE} height={SIZE} fill={colour} />
              <path
                d={paths[pattern]}
                stroke={mark}
                strokeWidth={pattern === "dots" ? 2 : 1}
                strokeLinecap={pattern === "dots" ? "round" : "butt"}
              />
            </pattern>
          );
        })}
      </defs>
    </svg>
  );
}
