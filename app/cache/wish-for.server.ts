import type { Db } from "#app/lib/db.server.ts";
import type { DetailKind } from "#app/shopify/details/fetch-details.server.ts";
import { cacheTables } from "./cache-tables.ts";
import { unlessGone, type FetchKind } from "./fetch-wishes.server.ts";
import { joinWishes } from "./news-wish.ts";

/**
 * A record that is to be fetched, because of something told at `at`; one that the cache holds not before `due`, where another
 * road may bring it by then, else at once.
 */
export type Wish = { id: string; reason: string; at: Date; due?: Date };

/**
 * Remembers that Shopify is to be asked for records: in their entries, and for those the cache does not hold as requests (parts
 * of an order always: their order is not known yet). Reasons that stand there already stay. Locks in the order of ids, as every
 * writer of the cache does.
 */
export async function wishFor(
  tx: Db,
  { shop, kind, wishes }: { shop: string; kind: FetchKind; wishes: readonly Wish[] },
): Promise<void> {
  if (wishes.length === 0) return;
  const told = new Map<string, Wish>();
  for (const wish of wishes) {
    const known = told.get(wish.id);
    const at = known && known.at > wish.at ? known.at : wish.at;
    const isHurried = wish.due === undefined || (known !== undefined && known.due === undefined);
    told.set(wish.id, {
      ...{ id: wish.id, reason: joinWishes(known?.reason ?? null, wish.reason), at },
      ...(isHurried ? {} : { due: wish.due }),
    });
  }
  const isPart = kind === "fulfillment_order" || kind === "return";
  const known = isPart ? new Set<string>() : await intoEntries(tx, { shop, kind, told });
  const unknown = [...told.values()]
    .filter(({ id }) => !known.has(id))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  if (unknown.length === 0) return;
  await tx.query(
    `INSERT INTO "ShopifyFetchRequest" (shop, kind, id, reason, "requestedAt")
     SELECT $1, $2, * FROM unnest($3::text[], $4::text[], $5::timestamptz[]) AS u(id, reason, at)
     ON CONFLICT (shop, kind, id) DO UPDATE
       SET "requestedAt" = greatest("ShopifyFetchRequest"."requestedAt", EXCLUDED."requestedAt"), "nextFetchAt" = NULL`,
    [shop, kind, ...columnsOf(unknown)],
  );
}

async function intoEntries(
  tx: Db,
  { shop, kind, told }: { shop: string; kind: DetailKind; told: ReadonlyMap<string, Wish> },
): Promise<Set<string>> {
  const { table } = cacheTables[kind];
  const { rows } = await tx.query<{ id: string; needsFetch: string | null }>(
    `SELECT id, "needsFetch" FROM "${table}" WHERE shop = $1 AND id = ANY($2) ORDER BY id FOR UPDATE`,
    [shop, [...told.keys()]],
  );
  const wishes = rows.flatMap(({ id, needsFetch }) => {
    const wish = told.get(id);
    return wish ? [{ ...wish, reason: joinWishes(needsFetch, wish.reason) }] : [];
  });
  await tx.query(
    `UPDATE "${table}" c SET "needsFetch" = u.reason, "newsAt" = greatest(c."newsAt", u.at), "nextFetchAt" =
       CASE WHEN u.due IS NULL THEN NULL WHEN c."needsFetch" IS NULL THEN u.due ELSE c."nextFetchAt" END
     FROM unnest($2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[]) AS u(id, reason, at, due)
     WHERE c.shop = $1 AND c.id = u.id ${unlessGone(kind)}`,
    [shop, ...columnsOf(wishes), wishes.map(({ due }) => due ?? null)],
  );
  return new Set(rows.map(({ id }) => id));
}

function columnsOf(wishes: readonly Wish[]): unknown[][] {
  return [wishes.map(({ id }) => id), wishes.map(({ reason }) => reason), wishes.map(({ at }) => at)];
}
