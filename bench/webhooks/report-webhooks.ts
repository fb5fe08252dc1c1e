import { round } from "../statistics.ts";
import type { ThroughputFigures } from "./measure-throughput.ts";
import { concurrencies } from "./measure-throughput.ts";
import type { ImportingFigures } from "./measure-while-importing.ts";
import type { ToErpFigures } from "./measure-to-erp.ts";
import type { ReceiverName } from "./start-receivers.ts";

export type WebhookFigures = {
  throughput: ThroughputFigures;
  toErp: ToErpFigures;
  importing: ImportingFigures;
};

/** What the figures must reach; the ratios count at 10 and 50 at once. */
const FLOORS = { ratio: 0.6, p99Ratio: 3, p99WhileImportingMs: 100, toErpP50Ms: 1000, toErpP99Ms: 3000 };

/** Prints the figures as a table and, if asked, as one line of JSON. */
export function reportWebhooks({ throughput, toErp, importing }: WebhookFigures, json: boolean): void {
  const { ours, bare } = throughput.by;
  const each = <T>(of: (concurrency: (typeof concurrencies)[number]) => T) => ({
    1: of(1),
    10: of(10),
    50: of(50),
  });
  const rounded = (name: ReceiverName) =>
    each((n) => {
      const { perSecond, p50Ms, p99Ms } = throughput.by[name][n];
      return { perSecond: round(perSecond, 0), p50Ms: round(p50Ms), p99Ms: round(p99Ms) };
    });
  const ratio = each((n) => round(ours[n].perSecond / bare[n].perSecond));
  const p99RatioIdle = each((n) => round(ours[n].p99Ms / bare[n].p99Ms));
  const result = {
    bare: rounded("bare"),
    ours: rounded("ours"),
    floor: rounded("floor"),
    ratio,
    p99Ms: each((n) => round(ours[n].p99Ms)),
    p99RatioIdle,
    p99WhileImportingMs: round(importing.p99Ms, 1),
    toErpMs: { p50: round(toErp.p50Ms, 0), p99: round(toErp.p99Ms, 0) },
    floorsMet: {
      ratio: ratio[10] >= FLOORS.ratio && ratio[50] >= FLOORS.ratio,
      p99Idle: p99RatioIdle[10] <= FLOORS.p99Ratio && p99RatioIdle[50] <= FLOORS.p99Ratio,
      p99WhileImporting: importing.p99Ms <= FLOORS.p99WhileImportingMs,
      toErp: toErp.p50Ms <= FLOORS.toErpP50Ms && toErp.p99Ms <= FLOORS.toErpP99Ms,
    },
  };
  const met = (is: boolean) => (is ? "met" : "MISSED");
  const { floorsMet } = result;
  console.log(`
deliveries of ${(throughput.averageBytes / 1000).toFixed(1)} kB, half new orders and half updates; every one answered 200 and found again
              answered per second            p50 and p99 in ms
at once     ours     bare    floor        ours            bare           floor      ours ÷ bare: rate    p99
${concurrencies.map((n) => line(throughput, n, ratio[n], p99RatioIdle[n])).join("\n")}
(bare: the same HMAC and SQL and nothing else; floor: HMAC and one INSERT of the body; the load generator took ${throughput.generatorCpuShare.toFixed(2)} of a processor at most)

while an import runs, 10 at once, ${importing.seconds.toFixed(0)} s${importing.imported ? " until it was over" : ""}: ${importing.perSecond.toFixed(0)}/s, p50 ${importing.p50Ms.toFixed(1)} ms, p99 ${importing.p99Ms.toFixed(1)} ms
from the answer to the ERP's order, 50 a second, ${toErp.deliveries.toLocaleString("en")} deliveries: p50 ${toErp.p50Ms.toFixed(0)} ms, p99 ${toErp.p99Ms.toFixed(0)} ms

ours ÷ bare at least ${String(FLOORS.ratio)} at 10 and 50 at once                 ${met(floorsMet.ratio)}
p99 at most ${String(FLOORS.p99Ratio)} × bare's at 10 and 50 at once                 ${met(floorsMet.p99Idle)}
p99 at most ${String(FLOORS.p99WhileImportingMs)} ms while an import runs                    ${met(floorsMet.p99WhileImporting)}
in the ERP within 1 s (p50) and 3 s (p99)                   ${met(floorsMet.toErp)}`);
  if (json) console.log(JSON.stringify(result));
}

function line(
  { by }: ThroughputFigures,
  n: (typeof concurrencies)[number],
  ratio: number,
  p99Ratio: number,
): string {
  const names = ["ours", "bare", "floor"] as const;
  const rates = names.map((name) => by[name][n].perSecond.toFixed(0).padStart(9)).join("");
  const times = names
    .map((name) => `${by[name][n].p50Ms.toFixed(1).padStart(8)} ${by[name][n].p99Ms.toFixed(1).padStart(7)}`)
    .join("");
  return `${String(n).padStart(7)}${rates}    ${times}${ratio.toFixed(2).padStart(23)} ${p99Ratio.toFixed(2).padStart(6)}`;
}
