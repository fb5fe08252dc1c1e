import { explainError } from "#app/lib/errors.ts";
import type { Db } from "#app/lib/db.server.ts";
import type { Env } from "#app/lib/parse-env.ts";
import { CommandRefusal } from "./command-refusal.ts";

/**
 * The shop a command is about: the one that was named, else the one of single-shop mode, else the only one that has the app.
 * @throws CommandRefusal where there is none, or more than one to choose from
 */
export async function findShop(
  db: Db,
  { shopify, asked }: { shopify: Env["shopify"]; asked: string | undefined },
): Promise<string> {
  const { rows } = await db.query<{ shop: string }>(
    `select shop from "Shop" where "uninstalledAt" is null order by shop`,
  );
  const single = shopify?.mode === "single-shop" ? shopify.shopDomain : undefined;
  const shops = [...new Set([...rows.map(({ shop }) => shop), ...(single === undefined ? [] : [single])])];
  const [only] = shops;
  if (asked !== undefined && shops.includes(asked)) return asked;
  if (only === undefined && shopify === null) {
    const { words, next } = explainError("SHOPIFY_NOT_CONFIGURED");
    throw new CommandRefusal(`${words}, and no shop has installed the app.`, next);
  }
  if (only === undefined)
    throw new CommandRefusal(
      "No shop has installed the app.",
      "Open the app in the store's Shopify Admin once.",
    );
  if (asked !== undefined)
    throw new CommandRefusal(`The app is not installed in ${asked}.`, `It is in ${shops.join(", ")}.`);
  if (single !== undefined) return single;
  if (shops.length > 1)
    throw new CommandRefusal(
      `${String(shops.length)} shops have installed the app.`,
      `Say which: --shop ${shops.join(", --shop ")}`,
    );
  return only;
}
