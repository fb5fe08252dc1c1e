import type { ProofLine, StoredProof } from "#app/reconcile/day-proof.ts";

/** The proof of a day as a page shows it: the figures without the ids behind them. */
export type ProofView = Omit<ProofLine, "proof" | "timeZone"> & {
  proof: (Omit<StoredProof, "missing" | "differing"> & { missing: number; differing: number }) | null;
};

export function viewProof({ day, isYesterday, state, lastCheckedDay, proof }: ProofLine): ProofView {
  return {
    ...{ day, isYesterday, state, lastCheckedDay },
    proof: proof && { ...proof, missing: proof.missing.length, differing: proof.differing.length },
  };
}
