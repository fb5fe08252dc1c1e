import type { LiveControl } from "#simulator/live/live-control.ts";
import { readAct } from "#simulator/live/read-act.ts";
import { refuse } from "#simulator/live/refused-act.ts";

/**
 * `POST /control/acts` lets one act happen; `/control/live` is the stream of them. Undefined = no such route.
 * @throws RefusedAct in Shopify's words, or naming the field that is wrong.
 */
export async function answerLive(
  route: string,
  readBody: () => Promise<Record<string, unknown>>,
  live: LiveControl,
): Promise<unknown> {
  switch (route) {
    case "POST /control/acts":
      return live.act(readAct(await readBody()));
    case "GET /control/live":
      return live.stream.state();
    case "POST /control/live": {
      const { perSecond, seed = 1, ...others } = await readBody();
      if (typeof perSecond !== "number" || !(perSecond > 0 && perSecond <= 1_000))
        refuse("`perSecond` must be a number above 0 and at most 1000.");
      if (!Number.isSafeInteger(seed)) refuse("`seed` must be a whole number.");
      const [stranger] = Object.keys(others);
      if (stranger !== undefined) refuse(`\`${stranger}\` is not known here.`);
      live.stream.start(perSecond, seed as number);
      return live.stream.state();
    }
    case "DELETE /control/live":
      live.stream.stop();
      return live.stream.state();
    default:
      return undefined;
  }
}
