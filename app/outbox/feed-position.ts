/** A place in a shop's feed: all before it and the row itself have been read. Numbers are exact, as text. */
export type FeedPosition = {
  /** Which feed it is of. */
  epoch: string;
  transactionId: string;
  seq: string;
};

type Place = Omit<FeedPosition, "epoch">;

export function isBefore(one: Place, other: Place): boolean {
  const [a, b] = [BigInt(one.transactionId), BigInt(other.transactionId)];
  return a < b || (a === b && BigInt(one.seq) < BigInt(other.seq));
}
