import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";

/** From when on a shop's orders count: the moment it chose, null while that is the moment it installed the app. */
export type CutOver = { chosenAt: Date | null; installedAt: Date };

/** @throws AppError NOT_FOUND for a shop never installed */
export async function loadCutOver(db: Db, { shop }: { shop: string }): Promise<CutOver> {
  const { rows } = await db.query<CutOver>(
    `select "cutOverAt" as "chosenAt", "installedAt" from "Shop" where shop = $1`,
    [shop],
  );
  const [row] = rows;
  if (!row) throw new AppError("NOT_FOUND", `${shop} has not installed the app`);
  return row;
}
