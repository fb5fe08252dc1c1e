/**
 * Splits an amount over parts by their weights, to the exact sum: each part gets its share rounded down, the
 * units left over go to the largest remainders, first come first. All weights zero: equal shares.
 */
export function apportion(minor: number, weights: readonly number[]): number[] {
  if (weights.length === 0) return [];
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const even = sum <= 0 ? weights.map(() => 1) : weights;
  const divisor = BigInt(sum <= 0 ? weights.length : sum);
  // Products of two amounts pass 2^53, so shares are computed in BigInt.
  const products = even.map((weight) => BigInt(minor) * BigInt(weight));
  const shares = products.map((product) => Number(product / divisor));
  let left = minor - shares.reduce((total, share) => total + share, 0);
  const byRemainder = products
    .map((product, index) => ({ index, remainder: product % divisor }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder) {
    if (left === 0) break;
    shares[index] = (shares[index] ?? 0) + 1;
    left--;
  }
  return shares;
}
