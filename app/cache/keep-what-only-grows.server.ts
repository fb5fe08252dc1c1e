import type { PoolClient } from "pg";
import { readWhatOnlyGrows } from "#app/shopify/codecs/read-what-only-grows.ts";
import type { PayloadShape } from "./cache-tables.ts";
import { UNIT_SEPARATOR } from "./mark-processed.server.ts";
import type { PlacedPayload } from "./replace-payloads.server.ts";

/**
 * Before payloads of orders leave their slots (replaced by a newer one, or too late to get in): the gateways they named and
 * the parcels they showed on the road go into the entry. So it cannot matter whether a payload was processed before a
 * newer one came, nor which of them came first (law 4). An entry that learns something becomes pending again. The caller
 * holds the entries' row locks.
 */
export async function keepWhatOnlyGrows(
  tx: PoolClient,
  { shop, placed }: { shop: string; placed: readonly PlacedPayload[] },
): Promise<void> {
  const replacing = placed.filter(
    ({ placement, known, payload }) =>
      placement.action === "stored" && known.some(({ shape }) => shape === payload.shape),
  );
  const leaving = placed
    .filter(({ placement }) => placement.action === "superseded")
    .map(({ payload: { id, shape, raw } }) => ({
      ...{ id, shape },
      text: typeof raw === "string" ? raw : raw.toString("utf8"),
    }));
  if (replacing.length > 0) leaving.push(...(await loadReplaced(tx, shop, replacing)));
  const seen = new Map<string, { gateways: Set<string>; moved: Set<string> }>();
  for (const { id, shape, text } of leaving) {
    const { gateways, movedFulfillments } = readWhatOnlyGrows(shape, text);
    if (gateways.length === 0 && movedFulfillments.length === 0) continue;
    const known = seen.get(id) ?? { gateways: new Set(), moved: new Set() };
    seen.set(id, known);
    for (const name of gateways) known.gateways.add(name);
    for (const parcel of movedFulfillments) known.moved.add(parcel);
  }
  if (seen.size === 0) return;
  const list = (names: ReadonlySet<string>) => [...names].join(UNIT_SEPARATOR);
  await tx.query(
    `UPDATE "ShopifyOrderCache" c SET "gatewaysSeen" = ${union("gatewaysSeen", "gateways")},
       "movedFulfillments" = ${union("movedFulfillments", "moved")}, "processedAt" = NULL
     FROM unnest($2::text[], $3::text[], $4::text[]) AS u(id, gateways, moved)
     WHERE c.shop = $1 AND c.id = u.id AND NOT (c."gatewaysSeen" @> ${split("gateways")} AND c."movedFulfillments" @> ${split("moved")})`,
    [
      shop,
      [...seen.keys()],
      [...seen.values()].map(({ gateways }) => list(gateways)),
      [...seen.values()].map(({ moved }) => list(moved)),
    ],
  );
}

function split(column: string): string {
  return `string_to_array(u.${column}, E'\\x1f')`;
}

function union(column: string, added: string): string {
  return `(SELECT coalesce(array_agg(DISTINCT x ORDER BY x), '{}') FROM unnest(c."${column}" || ${split(added)}) AS x)`;
}

/** The payloads about to be replaced, as they stand in their entry or slot. */
async function loadReplaced(
  tx: PoolClient,
  shop: string,
  replacing: readonly PlacedPayload[],
): Promise<{ id: string; shape: PayloadShape; text: string }[]> {
  const { rows } = await tx.query<{ id: string; shape: PayloadShape; text: string }>(
    `SELECT c.id, u.shape, c."rawData" AS text FROM "ShopifyOrderCache" c, unnest($2::text[], $3::text[]) AS u(id, shape)
       WHERE c.shop = $1 AND c.id = u.id AND c."rawShape" = u.shape
     UNION ALL
     SELECT s.id, u.shape, s."rawData" FROM "ShopifyCacheSlot" s, unnest($2::text[], $3::text[]) AS u(id, shape)
       WHERE s.shop = $1 AND s.kind = 'order' AND s.id = u.id AND s.shape = u.shape`,
    [shop, replacing.map(({ payload }) => payload.id), replacing.map(({ payload }) => payload.shape)],
  );
  return rows;
}
