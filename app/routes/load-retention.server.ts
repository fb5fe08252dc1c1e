import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { deliveryLogRetention } from "#app/settings/settings-schema.ts";
import type { RetentionView } from "#app/ui/sync-view.ts";

/** For how long a shop keeps its webhook deliveries; null where its settings cannot be read, which must not take the page away. */
export async function loadRetention(db: Db, { shop }: { shop: string }): Promise<RetentionView | null> {
  try {
    const { deliveryLogRetentionDays } = await loadSettings(db, { shop });
    return { days: deliveryLogRetentionDays, ...deliveryLogRetention };
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
