/** What the ERP itself did with the units of a line, counted since the order came (law 8: Shopify's news undoes none of it). */
export type LineFacts = {
  allocated: number;
  picked: number;
  packed: number;
  handedOver: number;
  delivered: number;
  cancelled: number;
  /** Physically received back after delivery. */
  returned: number;
};

/** A parcel the ERP handed over, and what it knows of its way. Times are ISO. */
export type ErpParcel = {
  id: string;
  /** Shopify's fulfilment that is this parcel, where one has been tied to it. */
  fulfillmentId: string | null;
  /** Further ones, where its goods lay at several of Shopify's locations. */
  moreFulfillmentIds?: string[];
  awbNumber: string | null;
  /** AWBs it had before, where its number was corrected: Shopify may still have one of them. */
  formerAwbs?: readonly string[];
  courier: string | null;
  trackingUrl: string | null;
  /** Shopify's location it left from, where somebody said so. */
  locationId?: string;
  /** What its label says is to be collected, decimal in the customer's currency; of parcels of before, and prepaid ones, nobody noted it. */
  amountToCollect?: string;
  handedOverAt: string;
  deliveredAt: string | null;
  rtoInitiatedAt: string | null;
  rtoReceivedAt: string | null;
  lostAt: string | null;
  newsAt: string;
  lines: { lineId: string; qty: number }[];
};

/** A return the ERP opened by itself (the customer wrote or called; Shopify knows nothing of it). */
export type ErpReturn = {
  id: string;
  parcelId: string | null;
  reason: string | null;
  openedAt: string;
  lines: { lineId: string; qty: number }[];
};

/** What became of a return or RTO case, whoever opened it. */
export type CaseFacts = {
  receivedQty: ReadonlyMap<string, number>;
  receivedAt: string | null;
  outcome: "restocked" | "damaged" | "lost" | null;
  closedAt: string | null;
};

/** What stood on the label and in the box when the goods were packed (or labelled again): later news is held against it. */
export type PackedLabel = {
  /** `addressKey` of the address printed; null = the order had none. */
  addressKey: string | null;
  /** Decimal in the customer's currency. */
  amountToCollect: string;
  /** Every line the order had then, packed or not: what is not among them was added later. */
  lineIds: readonly string[];
};

/** Money the ERP has booked as received: a courier's remittance of one parcel, or a payment by another way. */
export type Receipt = {
  id: string;
  /** Decimal in the customer's currency. */
  amount: string;
  parcelId: string | null;
  /** When Shopify was told: payloads from then on have a smaller outstanding amount. */
  writtenBackAt: string | null;
  /** Shopify's payment that it is, where that is known: no other receipt is this one. */
  paymentId?: string;
};

/** Everything the ERP itself did with one order, and what people said about it. */
export type OrderFacts = {
  lines: ReadonlyMap<string, LineFacts>;
  parcels: readonly ErpParcel[];
  /** Shopify's fulfilments of parcels that the ERP took back before a carrier had them: their goods are here. */
  takenBack: ReadonlySet<string>;
  returns: readonly ErpReturn[];
  /** By case id. */
  cases: ReadonlyMap<string, CaseFacts>;
  label: PackedLabel | null;
  /** Stop-ship reasons (their keys) with which a person said to go on. */
  confirmed: ReadonlySet<string>;
  /** Holds (their keys) that a person released. */
  released: ReadonlySet<string>;
  /** What a person said of the payment method. */
  correction: "COD" | "Prepaid" | null;
  receipts: readonly Receipt[];
};

export const NO_LINE_FACTS: Readonly<LineFacts> = Object.freeze({
  allocated: 0,
  picked: 0,
  packed: 0,
  handedOver: 0,
  delivered: 0,
  cancelled: 0,
  returned: 0,
});

/** Of an order the ERP has not touched: nearly all of a dump. */
export const NO_FACTS: OrderFacts = Object.freeze({
  lines: new Map<string, LineFacts>(),
  parcels: [],
  takenBack: new Set<string>(),
  returns: [],
  cases: new Map<string, CaseFacts>(),
  label: null,
  confirmed: new Set<string>(),
  released: new Set<string>(),
  correction: null,
  receipts: [],
});
