/** How many documents are remembered: some carry dates and are new each time. */
const REMEMBERED = 500;

/** What Shopify asked for each document the last time, in points of its bucket. */
export type DocumentCosts = {
  /** The last known cost, or the guess. */
  expect(document: string): number;
  learn(document: string, requestedQueryCost: number): void;
};

/** A memory of costs that forgets the documents it has not met for longest; `guess` is for those it does not know. */
export function createDocumentCosts(guess: number): DocumentCosts {
  const costs = new Map<string, number>();
  return {
    expect: (document) => costs.get(document) ?? guess,
    learn(document, requestedQueryCost) {
      costs.delete(document);
      costs.set(document, requestedQueryCost);
      for (const oldest of costs.keys()) {
        if (costs.size <= REMEMBERED) break;
        costs.delete(oldest);
      }
    },
  };
}
