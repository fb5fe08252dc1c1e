import { normaliseAwb } from "#app/erp/parcels/normalise-awb.ts";
import type { ErpSide, IntentOf, ShopifySide, Units } from "./both-sides.ts";
import type { Ledger, Money } from "./ledger.ts";

/** Both sides of one order, and who did what. */
export type Judged = { shopify: ShopifySide; erp: ErpSide; ledger: Ledger; money: Money };

/** How an intent ends that a person has to look at. */
export const OPEN = ["conflict", "refused"];

export const qtyOf = (units: Units | undefined, lineId: string): number => units?.get(lineId) ?? 0;

/** Both sides of one order side by side: which fulfilment is which parcel, and what is not done of what was wished. */
export class BothSides {
  protected readonly shopify: ShopifySide;
  protected readonly erp: ErpSide;
  protected readonly ledger: Ledger;
  protected readonly moved: Money;
  /** Not done, and not going to be by itself: where it differs, or behind one that does. */
  protected readonly open: IntentOf[];
  /** Parcel that a fulfilment is, by the fulfilment's id. */
  protected readonly owners = new Map<string, string>();

  constructor({ shopify, erp, ledger, money }: Judged) {
    this.shopify = shopify;
    this.erp = erp;
    this.ledger = ledger;
    this.moved = money;
    const first = erp.intents.findIndex(({ status }) => OPEN.includes(status));
    this.open = erp.intents.filter(
      ({ status }, i) => OPEN.includes(status) || (status === "waiting" && first >= 0 && i > first),
    );
    for (const { id, awbs } of shopify.fulfillments) {
      const owner = this.ownerOf(id, awbs);
      if (owner !== null) this.owners.set(id, owner);
    }
  }

  private ownerOf(id: string, awbs: readonly string[]): string | null {
    // Taken back by the ERP, and a carrier was heard to have it after all: it left as a parcel of Shopify's.
    if (this.erp.parcels.some((one) => one.id === id && one.state !== "cancelled")) return id;
    const linked = this.erp.facts.find(
      ({ kind, details }) => kind === "parcel_linked" && details.fulfillmentId === id,
    );
    if (linked?.parcelId) return linked.parcelId;
    const numbers = awbs.map((awb) => normaliseAwb(awb));
    const labelled = this.erp.facts.find(
      ({ kind, parcelId, details }) =>
        ["handed_over", "tracking"].includes(kind) &&
        parcelId !== null &&
        details.awbNumber != null &&
        numbers.includes(normaliseAwb(details.awbNumber)),
    );
    if (labelled?.parcelId) return labelled.parcelId;
    return this.erp.parcels.find((one) => one.id === id || one.fulfillmentId === id)?.id ?? null;
  }

  protected isOpen(kind: IntentOf["kind"], fits: (payload: IntentOf["payload"]) => boolean): boolean {
    return this.open.some((one) => one.kind === kind && fits(one.payload));
  }

  protected caseOf(parcelId: string, lineId: string): number {
    const aliases = [
      parcelId,
      ...[...this.owners].flatMap(([id, owner]) => (owner === parcelId ? [id] : [])),
    ];
    return this.erp.cases
      .filter((one) => one.parcelId !== null && aliases.includes(one.parcelId))
      .reduce((sum, one) => sum + qtyOf(one.lines, lineId), 0);
  }
}
