import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";

/**
 * Shares the lock an uninstall takes first: what is started before it is ended by it, and after it nothing is.
 * @throws AppError TOKEN_REFUSED for a shop that has uninstalled the app
 */
export async function refuseUninstalled(tx: Db, shop: string): Promise<void> {
  const { rows } = await tx.query<{ isUninstalled: boolean }>(
    `select "uninstalledAt" is not null as "isUninstalled" from "Shop" where shop = $1 for share`,
    [shop],
  );
  if (rows[0]?.isUninstalled)
    throw new AppError("TOKEN_REFUSED", `The app was uninstalled from ${shop}: nothing can be synced.`);
}
