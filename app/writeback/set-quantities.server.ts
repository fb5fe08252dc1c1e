import { createHash } from "node:crypto";
import { toGid } from "#app/lib/gid.ts";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import { errorsOfAnswer } from "#app/shopify/client/graphql-answer.ts";
import type { UserError } from "#app/shopify/client/user-errors.ts";
import { sortQuantityErrors, type QuantityOutcome } from "./quantity-errors.ts";

/** One level to be set: `id` is its wish's. */
export type QuantityRow = {
  id: string;
  inventoryItemId: string;
  locationId: string;
  quantity: number;
  /** What was read right before: Shopify refuses where it has something else by now. */
  changeFrom: number;
  /** How often Shopify has answered this wish before without doing it. */
  round: number;
};

const MUTATION = `mutation SetStock($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { createdAt } userErrors { field message code } } }`;

/** Right before a request leaves. @returns the rows that may leave */
type BeforeSending = (rows: readonly QuantityRow[]) => Promise<readonly QuantityRow[]>;

/**
 * Sets levels in one request; Shopify takes all of a request or nothing, so what it refuses is taken out and the others sent again: by
 * the place it names, else by halving.
 * @throws what the client throws; then Shopify may have set them all the same
 */
export async function setQuantities(
  client: AdminClient,
  rows: readonly QuantityRow[],
  options: {
    shop: string;
    beforeSending: BeforeSending;
    /** `changedAt`: when Shopify set it, in its own time; null where nothing was set. */
    onOutcome: (row: QuantityRow, outcome: QuantityOutcome, changedAt: string | null) => void;
  },
): Promise<void> {
  const { shop, beforeSending, onOutcome } = options;
  const sent = await beforeSending(rows);
  if (sent.length === 0) return;
  const { errors, changedAt } = await ask(client, shop, sent);
  const { outcomes, again, halve } = sortQuantityErrors(sent.length, errors);
  for (const [place, outcome] of outcomes) {
    const row = sent[place];
    if (row) onOutcome(row, outcome, changedAt);
  }
  const left = sent.filter((_, place) => again.includes(place));
  if (left.length === 0) return;
  const half = halve ? Math.ceil(left.length / 2) : left.length;
  for (const part of [left.slice(0, half), left.slice(half)])
    if (part.length > 0) await setQuantities(client, part, options);
}

/** @returns its user errors; what Shopify cannot read at all is one about no row in particular */
async function ask(
  client: AdminClient,
  shop: string,
  rows: readonly QuantityRow[],
): Promise<{ errors: readonly UserError[]; changedAt: string | null }> {
  const input = {
    name: "available",
    reason: "correction",
    referenceDocumentUri: "gid://erp-sync/StockPush/differences",
    quantities: rows.map(({ inventoryItemId, locationId, quantity, changeFrom }) => ({
      inventoryItemId: toGid("InventoryItem", inventoryItemId),
      locationId: toGid("Location", locationId),
      quantity,
      changeFromQuantity: changeFrom,
    })),
  };
  try {
    const { data } = await client.graphql<{
      inventorySetQuantities: {
        inventoryAdjustmentGroup: { createdAt: string } | null;
        userErrors: UserError[];
      };
    }>(MUTATION, { input, key: keyOf(shop, rows) }, { repeatable: false });
    const { inventoryAdjustmentGroup: group, userErrors: errors } = data.inventorySetQuantities;
    return { errors, changedAt: group?.createdAt ?? null };
  } catch (error) {
    const unread = errorsOfAnswer(error);
    if (unread === null || unread.some(({ extensions }) => extensions?.code === "ACCESS_DENIED")) throw error;
    return { errors: unread.map(({ message }) => ({ field: null, message })), changedAt: null };
  }
}

/**
 * The same for the same wishes with the same values, so that a retry after a lost answer is known to Shopify and not done again;
 * another once any value differs, or Shopify has answered.
 */
function keyOf(shop: string, rows: readonly QuantityRow[]): string {
  const said = rows.map(({ id, inventoryItemId, locationId, quantity, changeFrom, round }) => [
    ...[id, inventoryItemId, locationId, quantity, changeFrom, round],
  ]);
  const hash = createHash("sha256")
    .update(JSON.stringify([shop, said]))
    .digest("hex");
  return `stock-${hash.slice(0, 40)}`;
}
