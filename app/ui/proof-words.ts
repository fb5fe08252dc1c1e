import type { Format } from "./format.ts";
import type { ProofView } from "./proof-view.ts";

/** One figure of the line; `needsLook` ones lead to the page that says more. */
export type ProofPart = { words: string; needsLook: boolean };

export type ProofWords = {
  badge: { words: string; tone: "success" | "critical" | "warning" | "attention" };
  /** "Shopify 412 orders ₹6,18,240", "ERP 412 orders ₹6,18,240", "missing 0", … ; empty while nobody has checked. */
  parts: ProofPart[];
  /** What a person should know or do about it. */
  notes: string[];
};

/** What the first line of Home says. Figures that are always there come in one order; the others only when not 0. */
export function proofWords(view: ProofView, format: Format): ProofWords {
  const { proof } = view;
  if (proof === null) {
    const last = view.lastCheckedDay;
    const lastWords = last === null ? "" : ` The last day that was checked is ${format.day(last)}.`;
    return {
      badge: { words: "Not checked", tone: "attention" },
      parts: [],
      notes: [`Not yet held against Shopify.${lastWords}`],
    };
  }
  const orders = (count: number, total: string | null) => {
    const words = `${format.number(count)} ${count === 1 ? "order" : "orders"}`;
    return total === null || proof.currency === null
      ? words
      : `${words} ${format.money(total, proof.currency)}`;
  };
  const figure = (name: string, value: number, needsLook = value > 0): ProofPart => ({
    words: `${name} ${format.number(value)}`,
    needsLook,
  });
  const ifAny = (name: string, value: number) => (value > 0 ? [figure(name, value)] : []);
  const plain = (words: string): ProofPart => ({ words, needsLook: false });
  return {
    badge: badgeOf(view, proof),
    parts: [
      plain(
        `Shopify ${proof.shopifyOrders === null ? "not known" : orders(proof.shopifyOrders, proof.shopifyTotal)}`,
      ),
      plain(`ERP ${orders(proof.erpOrders, proof.erpTotal)}`),
      figure("missing", proof.missing),
      ...ifAny("differing", proof.differing),
      ...ifAny("pending", proof.pending),
      ...ifAny("failed", proof.failed),
      figure("on hold", proof.onHold, false),
      plain(
        `checked ${view.state === "stale" ? format.dateTime(proof.checkedAt) : format.clock(proof.checkedAt)}`,
      ),
    ],
    notes: notesOf(view, proof),
  };
}

type Proof = NonNullable<ProofView["proof"]>;

function badgeOf({ state }: ProofView, proof: Proof): ProofWords["badge"] {
  if (proof.missing + proof.differing > 0 || (proof.shopifyOrders ?? proof.erpOrders) !== proof.erpOrders)
    return { words: "Not in agreement", tone: "critical" };
  if (proof.shopifyOrders === null || proof.problem !== null) return { words: "Not proven", tone: "warning" };
  if (state === "stale") return { words: "Old", tone: "warning" };
  return { words: "In agreement", tone: "success" };
}

function notesOf({ state }: ProofView, proof: Proof): string[] {
  const notes: string[] = [];
  if (proof.problem !== null) notes.push(proof.problem);
  if (proof.missing + proof.differing > proof.failed)
    notes.push("What is missing or differs is fetched from Shopify: check again in a minute.");
  if (proof.failed > 0) notes.push("Failed entries say why on Settings → Shopify.");
  if (state === "stale") notes.push("This check is more than 25 hours old.");
  return notes;
}
