import type { OutboxStatus } from "#app/outbox/outbox-intent.ts";
import type { MixedShop } from "./mixed-shop.ts";
import type { Level } from "./stock-book.ts";

export type StockWishOf = {
  id: string;
  level: string;
  status: OutboxStatus;
  error: string | null;
  conflict: { erp: string; shopify: string; next: string } | null;
  answer: {
    agreed?: { quantity: number; at: string; word?: { left: number; saidAt: string | null } };
    unsure?: boolean;
    changeFrom?: number;
    asked?: number;
    askedAt?: string;
    said?: string;
  } | null;
};

export async function readStockWishes(at: MixedShop): Promise<StockWishOf[]> {
  return at.rows<StockWishOf>(
    `select id, "entityId" as level, status, error, conflict, answer from "Outbox" where shop = $1 and entity = 'stock' order by seq`,
  );
}

/** What both sides last had together, by the wishes that are over. */
export function agreedOf(
  wishes: readonly StockWishOf[],
  level: Level,
): { quantity: number; atMs: number; word: { left: number; saidAt: string | null } | undefined } | null {
  const last = wishes.findLast(
    (one) =>
      one.level === level.id && ["sent", "already", "dropped"].includes(one.status) && one.answer?.agreed,
  )?.answer?.agreed;
  return last === undefined ? null : { quantity: last.quantity, atMs: Date.parse(last.at), word: last.word };
}

/** What the ERP has said of each level, less what it keeps back: of its own location and of the attic. Null: nothing. */
export async function readSaid(at: MixedShop, levels: readonly Level[]): Promise<Map<string, number | null>> {
  const rows = await at.rows<{ skuId: string; location: string; qty: number }>(
    `select "skuId", "locationId" as location, "sellableQty" - "safetyStockQty" as qty from "ErpStock" where shop = $1`,
  );
  return new Map(
    levels.map(({ id, skuId, location }) => {
      const own = rows.filter((row) => row.skuId === skuId && feeds(at, row.location, location));
      return [id, own.length === 0 ? null : own.reduce((sum, { qty }) => sum + qty, 0)];
    }),
  );
}

/** When the ERP last said a number of a level, ISO; null: never. */
export async function readSaidAt(at: MixedShop, { skuId, location }: Level): Promise<string | null> {
  const rows = await at.rows<{ location: string; said: Date }>(
    `select "locationId" as location, "updatedAt" as said from "ErpStock" where shop = $1 and "skuId" = $2`,
    [skuId],
  );
  const own = rows.filter((row) => feeds(at, row.location, location)).map(({ said }) => said.getTime());
  return own.length === 0 ? null : new Date(Math.max(...own)).toISOString();
}

function feeds(at: MixedShop, erp: string, shopify: string): boolean {
  const [first] = at.locationIds();
  return erp === shopify || (erp === ATTIC && shopify === first);
}

/** A location that only the ERP has. */
export const ATTIC = "attic";
