import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import type { ChosenSettingsView } from "#app/ui/sync-view.ts";

/** What Settings → Shopify shows of a shop's settings; null where they cannot be read, which must not take the page away. */
export async function loadChosenSettings(
  db: Db,
  { shop }: { shop: string },
): Promise<ChosenSettingsView | null> {
  try {
    const { paymentRules, cutOverAt, writeBack } = await loadSettings(db, { shop });
    return {
      paymentRules: paymentRules.length,
      writeBack,
      cutOverAt: cutOverAt?.toISOString() ?? null,
    };
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
