import type { Pool } from "pg";

import { wakeOrdersAfterRules } from "#app/erp/payments/wake-orders-after-rules.server.ts";
import { followedSettings } from "#app/settings/followed-settings.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";

import { findAffected } from "./find-affected.server.ts";
import { wakeInSlices } from "./wake-in-slices.server.ts";

/**
 * Makes pending what was computed by settings that no longer hold, and nothing else; to be called once they are saved. Whoever is
 * stopped in the middle leaves a note of it with the shop, and housekeeping calls this again: it then finds what is left.
 * @returns how many orders and products became pending
 */
export async function followSettings(
  pool: Pool,
  { shop, now }: { shop: string; now: Date },
): Promise<number> {
  const { rows } = await pool.query<{ names: string[]; text: string; cutOverAt: Date | null }>(
    `select "settingsToFollow" as names, settings::text as text, "cutOverAt" from "Shop"
      where shop = $1 and cardinality("settingsToFollow") > 0`,
    [shop],
  );
  const [noted] = rows;
  if (!noted) return 0;
  const settings = await loadSettings(pool, { shop });
  let woken = 0;
  for (const name of followedSettings.filter((one) => noted.names.includes(one))) {
    if (name === "paymentRules")
      woken += await wakeOrdersAfterRules(pool, { shop, rules: settings.paymentRules });
    else
      woken += await wakeInSlices(pool, {
        ...{ shop, kind: name === "colourSynonyms" ? "product" : "order" },
        ids: await findAffected(pool, name, { shop, settings, now }),
      });
  }
  // Saved again meanwhile: the note stays for whoever did.
  await pool.query(
    `update "Shop" set "settingsToFollow" = '{}'
      where shop = $1 and "settingsToFollow" = $2 and settings::text = $3 and "cutOverAt" is not distinct from $4`,
    [shop, noted.names, noted.text, noted.cutOverAt],
  );
  return woken;
}
