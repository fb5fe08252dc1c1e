/** What POST /api/shopify/proof answers, as far as the card tells of it. */
export type CheckAnswer = { proof?: { problem: string | null } | null };

/** What to say once a day has been checked. */
export function checkWords({ proof }: CheckAnswer, day = "Yesterday"): string {
  return proof && proof.problem === null ? `${day} was checked` : `${day} was checked only in part`;
}
