import fc from "fast-check";
import { renderRestOrder } from "#simulator/rest/render-rest-order.ts";
import type { OrderDraft } from "#simulator/store/order-draft.ts";
import { buildOrder } from "#simulator/store/order-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { draftFromRecipe } from "./draft-from-recipe.ts";
import { liveThrough } from "./live-through.ts";
import { orderRecipe, type OrderRecipe } from "./order-recipe.ts";
import { payForOrder } from "./pay-for-order.ts";
import { standInFind } from "./stand-in-find.ts";

export type ArbitraryOrder = {
  recipe: OrderRecipe;
  draft: OrderDraft;
  /** The GraphQL record; its fulfilment orders under `fulfillmentOrders`. See `plainNode`. */
  node: SimNode;
  /** The body of orders/updated. */
  rest: Record<string, unknown>;
};

/**
 * Whole orders of every kind, with everything that can happen to one, drawn with the simulator's own pieces: about 2,500
 * a second. A failed property shows the shrunk recipe; `orderOf` makes the order of it again.
 */
export const arbitraryOrder: fc.Arbitrary<ArbitraryOrder> = orderRecipe.map(orderOf);

/** The order of one recipe. */
export function orderOf(recipe: OrderRecipe): ArbitraryOrder {
  const draft = draftFromRecipe(recipe);
  payForOrder(recipe, draft);
  liveThrough(recipe, draft);
  const node: SimNode = buildOrder(
    draft,
    "arbitrary.myshopify.com",
    standInFind(() => node),
  );
  const shown = { [fc.toStringMethod]: () => `orderOf(${JSON.stringify(recipe)})` };
  return { recipe, draft, node, rest: renderRestOrder(node), ...shown };
}
