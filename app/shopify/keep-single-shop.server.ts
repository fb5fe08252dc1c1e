import { setTimeout as sleep } from "node:timers/promises";

import { AppError, explainError } from "#app/lib/errors.ts";
import type { Env } from "#app/lib/parse-env.ts";

import { recordSingleShop, type SingleShopContext } from "./record-single-shop.server.ts";

const HOUR_MS = 3_600_000;
const TRY_AGAIN_MS = 60_000;

/**
 * Keeps the shop of a fixed token recorded until `signal` aborts: at once, then hourly, for a merchant may grant other scopes or
 * change the time zone; a minute later where Shopify could not be asked. Nothing waits for it, and it never throws: the process is up all the same, and the
 * log says what is wrong and what to do, once for as long as it is the same. Does nothing in another mode.
 * @param tryAgainMs how long after a failure
 */
export async function keepSingleShop(
  context: SingleShopContext & { env: Env },
  signal: AbortSignal,
  tryAgainMs = TRY_AGAIN_MS,
): Promise<void> {
  const { log, env } = context;
  if (env.shopify?.mode !== "single-shop") return;
  const shop = env.shopify.shopDomain;
  const isOver = () => signal.aborted;
  let said = "";
  while (!isOver()) {
    let failure = "";
    try {
      await recordSingleShop(context, env.shopify, signal);
    } catch (error) {
      if (isOver()) return;
      failure = error instanceof AppError ? error.message : String(error);
      const next = error instanceof AppError ? explainError(error.code, "single-shop").next : undefined;
      if (failure !== said)
        log.warn(
          { err: error, shop, next },
          "the shop could not be recorded; it is tried again every minute",
        );
    }
    if (failure === "" && said !== "") log.info({ shop }, "the shop is recorded");
    said = failure;
    await sleep(failure === "" ? HOUR_MS : tryAgainMs, undefined, { signal }).catch(() => undefined);
  }
}
