/**
 * Splits an amount over parts by their weights, to the exact sum. Each share is the difference of two rounded running
 * sums, so a part's share depends only on itself and the parts before it: a label that is printed keeps its amount
 * when the rest of the goods is split into further parcels. All weights zero: equal shares.
 * @param minor at least 0
 * @param weights each at least 0
 */
export function apportion(minor: number, weights: readonly number[]): number[] {
  if (weights.length === 0) return [];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const even = total <= 0;
  const sum = BigInt(even ? weights.length : total);
  let running = 0n;
  let before = 0;
  return weights.map((weight) => {
    running += BigInt(even ? 1 : weight);
    // Products of two amounts pass 2^53, so they are computed in BigInt; half a unit rounds up.
    const upTo = Number((BigInt(minor) * running * 2n + sum) / (sum * 2n));
    const share = upTo - before;
    before = upTo;
    return share;
  });
}
