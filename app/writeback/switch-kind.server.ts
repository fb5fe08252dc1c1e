import type { Pool } from "pg";

import { inTransaction, type Db } from "#app/lib/db.server.ts";
import { AppError, errorCatalogue } from "#app/lib/errors.ts";
import { countWaiting } from "#app/outbox/count-waiting.server.ts";
import { notifyOutbox } from "#app/outbox/notify-outbox.server.ts";
import { missingScope } from "#app/outbox/sent-kinds.ts";
import { changeSettings } from "#app/settings/change-settings.server.ts";
import { loadSettings, type LoadedSettings } from "#app/settings/load-settings.server.ts";
import type { WriteBackKind } from "#app/settings/settings-schema.ts";

import { countStockToSend } from "./count-stock-to-send.server.ts";

/** How long what a person was shown counts as seen. */
const PREVIEW_LASTS_MS = 60 * 60_000;

/** The kind whose preview is the comparison of all stock. */
const STOCK = "inventorySet";

/**
 * Switches one kind of write-back on or off: the only road by which one is switched on. Off is done at once, always. On needs that
 * `previewId` is of a preview of this very kind and shop, shown to `actor` within the last hour and since the shop installed the app,
 * and that no more would leave now than was shown: no more changes, refunds and messages to customers; of stock no more levels and units
 * raised or lowered (of each a tenth more at most, since a shop works on while somebody reads), where the shop lets the ERP's stock lead.
 * @param actor of "on" a person: who calls for a machine must not come here with it
 * @throws AppError PREVIEW_NEEDED, SCOPE_MISSING, SHOPIFY_STOCK_LEADS, STOCK_NOT_SYNCED; NOT_FOUND for a shop never installed
 */
export async function switchKind(
  pool: Pool,
  {
    shop,
    kind,
    on,
    previewId,
    actor,
    now,
  }: { shop: string; kind: WriteBackKind; on: boolean; previewId: string | null; actor: string; now: Date },
): Promise<LoadedSettings> {
  return inTransaction(pool, async (tx) => {
    const change = { shop, patch: { writeBack: { [kind]: on } }, actor, now };
    if (!on) return changeSettings(tx, change);
    // Locked first: permissions and settings do not change between being read and the switch.
    const { rows } = await tx.query<{ scopes: string[] }>(
      `select scopes from "Shop" where shop = $1 for update`,
      [shop],
    );
    const [known] = rows;
    if (known === undefined) throw new AppError("NOT_FOUND", `${shop} has not installed the app`);
    if ((await loadSettings(tx, { shop })).writeBack[kind]) return loadSettings(tx, { shop });
    const seen = await findSeen(tx, { shop, kind, previewId, actor, now });
    const missing = missingScope(kind, known.scopes);
    if (missing !== null)
      throw new AppError("SCOPE_MISSING", `Shopify has not given the permission ${missing}`, {
        next: "Ask Shopify for the permission on the page Write-back, then switch it on.",
      });
    if (kind === STOCK) await refuseOtherStock(tx, { shop, seen });
    else await refuseMore(tx, { shop, kind, seen });
    const settings = await changeSettings(tx, { ...change, turnsOn: kind });
    await notifyOutbox(tx);
    return settings;
  });
}

type Seen = { figures: Record<string, unknown>; seenAt: Date; actor: string };

async function findSeen(
  tx: Db,
  {
    shop,
    kind,
    previewId,
    actor,
    now,
  }: { shop: string; kind: WriteBackKind; previewId: string | null; actor: string; now: Date },
): Promise<Seen> {
  const { rows } = await tx.query<Seen>(
    `select figures, "seenAt", actor from "WriteBackPreview" p where shop = $1 and id = $2 and kind = $3
        and "seenAt" >= (select "installedAt" from "Shop" s where s.shop = p.shop)`,
    [shop, previewId ?? "", kind],
  );
  const [seen] = rows;
  if (seen === undefined) throw new AppError("PREVIEW_NEEDED", errorCatalogue.PREVIEW_NEEDED.words);
  if (seen.actor !== actor) throw lookAgain("What it would send was shown to somebody else, and not to you");
  const age = now.getTime() - seen.seenAt.getTime();
  if (age > PREVIEW_LASTS_MS)
    throw lookAgain("What it would send was shown more than an hour ago, and may be something else now");
  return seen;
}

/** @throws AppError PREVIEW_NEEDED where more would leave than was seen */
async function refuseMore(
  tx: Db,
  { shop, kind, seen }: { shop: string; kind: WriteBackKind; seen: Seen },
): Promise<void> {
  refuseGrown(seen, await countWaiting(tx, { shop, kind }), [
    ["refunds", "More money would be given back than was shown"],
    ["messages", "More customers would be written to than was shown"],
    ["waiting", "More would be sent than was shown"],
  ]);
}

/** @throws AppError PREVIEW_NEEDED with the words of the first figure that has grown by more than a tenth */
function refuseGrown<Figures extends Record<string, number>>(
  { figures }: Seen,
  now: Figures,
  words: readonly (readonly [keyof Figures & string, string])[],
): void {
  for (const [figure, more] of words) {
    const shown = Number(figures[figure] ?? 0);
    const count = now[figure] ?? 0;
    if (count > Math.floor(shown * 1.1))
      throw lookAgain(`${more}: ${String(count)} instead of ${String(shown)}`);
  }
}

/**
 * What was shown of stock was of all of it, by the stock settings that hold now, and is no less than would change now.
 * @throws AppError SHOPIFY_STOCK_LEADS, STOCK_NOT_SYNCED, PREVIEW_NEEDED
 */
async function refuseOtherStock(tx: Db, { shop, seen }: { shop: string; seen: Seen }): Promise<void> {
  const now = await countStockToSend(tx, { shop });
  const compare = { next: "Compare the ERP's stock with Shopify's, then switch it on there." };
  if (typeof seen.figures["loweredUnits"] !== "number")
    throw new AppError("PREVIEW_NEEDED", "What was shown is no comparison of all stock", compare);
  const changed = await tx.query(
    `select from "AuditLog" where shop = $1 and at >= $2 and action = 'settings.save' and details ? 'stock' limit 1`,
    [shop, seen.seenAt],
  );
  if (changed.rows.length > 0)
    throw new AppError("PREVIEW_NEEDED", "The stock settings have changed since stock was compared", compare);
  refuseGrown(seen, now, [
    ["lowered", "More levels would be lowered than was shown"],
    ["raised", "More levels would be raised than was shown"],
    ["differ", "More levels would be set than was shown"],
    ["loweredUnits", "More units would be taken off than was shown"],
    ["raisedUnits", "More units would be added than was shown"],
  ]);
}

function lookAgain(words: string): AppError {
  return new AppError("PREVIEW_NEEDED", words, {
    next: "Look again at what it would send, then switch it on.",
  });
}
