/**
 * A piece of news (a fulfilment, a refund, an edit) names a record and says less than all of it: the entry then wishes for the
 * whole. Written by whoever handles the news, read before Shopify is asked: an order webhook that came meanwhile may have
 * told it already.
 */

/** What the `needsFetch` of an entry begins with that is wanted for nothing but pieces of news. */
const NEWS_PREFIX = "News: ";

/** `News: fulfillments/create`: what an entry wishes for because of a webhook's topic. */
export function newsWish(topic: string): string {
  return `${NEWS_PREFIX}${topic}`;
}

/** The same for a merchant: why something is still to be asked of Shopify. */
export function sayWish(wish: string | null): string | null {
  if (wish === null || !wish.startsWith(NEWS_PREFIX)) return wish;
  return `Shopify sent news of it (${topicsOf(wish).join(", ")}) that does not say all that it changed. The rest is asked for by itself.`;
}

/** Two reasons as one text. One that has to do with more than news stands alone: it is never granted without asking. */
export function joinWishes(standing: string | null, told: string): string {
  if (standing === null) return told;
  if (!standing.startsWith(NEWS_PREFIX)) return standing;
  if (!told.startsWith(NEWS_PREFIX)) return told;
  return newsWish([...new Set([...topicsOf(standing), ...topicsOf(told)])].sort().join(", "));
}

function topicsOf(wish: string): string[] {
  return wish.slice(NEWS_PREFIX.length).split(", ");
}

/**
 * What no webhook's record carries: what an edit did, payments, returns, fulfilment orders, that it was deleted or is stocked no more. Only an answer
 * to a question of ours tells it.
 */
const ONLY_FETCHED =
  /^(?:orders\/edited|order_transactions\/create|returns\/.*|fulfillment_orders\/.*|inventory_items\/.*|inventory_levels\/disconnect|.*\/delete)$/;

/** Whether the news of a topic can be told by nothing but an answer to a question of ours. */
export function isOnlyFetched(topic: string): boolean {
  return ONLY_FETCHED.test(topic);
}

/**
 * Whether a wish has been granted by what came since, without asking Shopify.
 * @param wish the entry's `needsFetch`; only one for nothing but news can be granted so
 * @param newsAt when it was told
 * @param newestAt Shopify's time of the newest payload of any shape
 * @param detailAt … of the newest answer to a question of ours
 */
export function isSatisfied({
  wish,
  newsAt,
  newestAt,
  detailAt,
}: {
  wish: string;
  newsAt: Date | null;
  newestAt: Date | null;
  detailAt: Date | null;
}): boolean {
  if (newsAt === null || !wish.startsWith(NEWS_PREFIX)) return false;
  const told = topicsOf(wish).some(isOnlyFetched) ? detailAt : newestAt;
  return told !== null && told >= newsAt;
}
