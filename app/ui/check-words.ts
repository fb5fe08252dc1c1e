/** What POST /api/shopify/proof answers, as far as the card tells of it. */
export type CheckAnswer = {
  error?: { message: string; next: string };
  proof?: { problem: string | null } | null;
};

/** What to say once a check has been answered; null where its error is shown instead, for then nothing was checked. */
export function checkWords({ error, proof }: CheckAnswer, day = "Yesterday"): string | null {
  if (error) return null;
  return proof && proof.problem === null ? `${day} was checked` : `${day} was checked only in part`;
}
