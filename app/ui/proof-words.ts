import type { Format } from "./format.ts";
import type { ProofView } from "./proof-view.ts";

/** One figure of the line; `place` on the day's page says more; what `needsLook` is not as it should be. */
export type ProofPart = { words: string; place: string | null; needsLook: boolean };

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
      notes: [`Not yet compared with Shopify.${lastWords}`],
    };
  }
  // Of an older day, or an old check, the clock alone would mislead.
  const isToday = view.state === "fresh" && view.isYesterday;
  const orders = (count: number, total: string | null) => {
    const words = `${format.number(count)} ${count === 1 ? "order" : "orders"}`;
    return total === null || proof.currency === null
      ? words
      : `${words} ${format.money(total, proof.currency)}`;
  };
  const figure = (place: string, value: number, name = place): ProofPart => ({
    ...{ words: `${name} ${format.number(value)}`, place },
    needsLook: place !== "held" && value > 0,
  });
  const ifAny = (name: string, value: number) => (value > 0 ? [figure(name, value)] : []);
  const side = (words: string): ProofPart => ({ words, place: "", needsLook: false });
  return {
    badge: badgeOf(view, proof),
    parts: [
      side(
        `Shopify ${proof.shopifyOrders === null ? "not known" : orders(proof.shopifyOrders, proof.shopifyTotal)}`,
      ),
      side(`ERP ${orders(proof.erpOrders, proof.erpTotal)}`),
      figure("missing", proof.missing),
      ...ifAny("differing", proof.differing),
      ...ifAny("pending", proof.pending),
      ...ifAny("failed", proof.failed),
      figure("held", proof.onHold, "on hold"),
      {
        words: `checked ${isToday ? format.clock(proof.checkedAt) : format.dateTime(proof.checkedAt)}`,
        ...{ place: null, needsLook: false },
      },
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
  if (proof.failed > 0) notes.push("The failed entries say why on the page of the day.");
  if (state === "stale") notes.push("This check is more than 25 hours old.");
  return notes;
}
