import type { Db } from "#app/lib/db.server.ts";
import type { LoadedSettings } from "#app/settings/load-settings.server.ts";

import { findAffected, type AskedSetting } from "./find-affected.server.ts";

/** Orders that another cut-over date would change; test orders are left out. */
export type CutOverPreview = {
  becomeHistory: number;
  /** Of these, the ones with something still to be shipped. */
  becomeHistoryOpen: number;
  becomeLive: number;
  becomeLiveOpen: number;
};

export type OrderRulesPreview = {
  cutOver: CutOverPreview | null;
  /** Other changed settings, and how many orders (products, for the colour's names) would be computed again. */
  computed: { setting: Exclude<AskedSetting, "cutOverAt">; count: number }[];
};

/** What settings would change, before they are saved: for each of `changed`, how much. Nothing is written. */
export async function previewOrderRules(
  db: Db,
  {
    shop,
    settings,
    changed,
    now,
  }: { shop: string; settings: LoadedSettings; changed: readonly AskedSetting[]; now: Date },
): Promise<OrderRulesPreview> {
  const preview: OrderRulesPreview = { cutOver: null, computed: [] };
  for (const setting of changed) {
    if (setting === "cutOverAt") preview.cutOver = await countOrdersMoved(db, shop, settings.cutOverAt);
    else {
      const { length: count } = await findAffected(db, setting, { shop, settings, now });
      if (count > 0) preview.computed.push({ setting, count });
    }
  }
  return preview;
}

async function countOrdersMoved(db: Db, shop: string, cutOverAt: Date | null): Promise<CutOverPreview> {
  const open = `status in ('open', 'on_hold', 'partially_shipped')`;
  const { rows } = await db.query<CutOverPreview>(
    `select count(*) filter (where not "isHistory") as "becomeHistory",
        count(*) filter (where not "isHistory" and ${open}) as "becomeHistoryOpen",
        count(*) filter (where "isHistory") as "becomeLive",
        count(*) filter (where "isHistory" and ${open}) as "becomeLiveOpen"
       from "Order" where shop = $1 and not test and "isHistory" <> coalesce("shopifyCreatedAt" < $2::timestamptz, false)`,
    [shop, cutOverAt],
  );
  return rows[0] ?? { becomeHistory: 0, becomeHistoryOpen: 0, becomeLive: 0, becomeLiveOpen: 0 };
}
