/**
 * Ids that look like Shopify's (13 or 14 digits, growing, with uneven gaps) and can be computed both
 * ways without a table: child `i` of record `n` has the id `base + (n * children + i) * step + jitter`.
 */
type Layout = { base: number; children: number; step: number };

const LAYOUTS = {
  Order: { base: 5_204_118_503_424, children: 1, step: 32_768 },
  LineItem: { base: 13_804_271_263_744, children: 32, step: 1_024 },
  ShippingLine: { base: 4_380_914_016_256, children: 4, step: 4_096 },
  OrderAddress: { base: 24_831_289_622_528, children: 2, step: 8_192 },
  Fulfillment: { base: 4_651_220_729_856, children: 8, step: 4_096 },
  FulfillmentLineItem: { base: 11_402_118_447_104, children: 256, step: 128 },
  FulfillmentEvent: { base: 12_118_402_752_512, children: 64, step: 512 },
  FulfillmentOrder: { base: 6_114_702_852_096, children: 2, step: 8_192 },
  FulfillmentOrderLineItem: { base: 14_207_331_696_640, children: 64, step: 512 },
  FulfillmentHold: { base: 1_904_338_042_880, children: 2, step: 8_192 },
  Refund: { base: 1_802_665_852_928, children: 4, step: 8_192 },
  RefundLineItem: { base: 1_270_884_073_472, children: 128, step: 256 },
  RefundShippingLine: { base: 1_180_443_017_216, children: 4, step: 8_192 },
  OrderAdjustment: { base: 1_090_337_701_888, children: 4, step: 8_192 },
  OrderTransaction: { base: 6_702_418_255_872, children: 16, step: 2_048 },
  Return: { base: 8_204_117_770_240, children: 2, step: 8_192 },
  ExchangeLineItem: { base: 9_304_228_880_384, children: 8, step: 4_096 },
  ReturnLineItem: { base: 8_904_228_880_384, children: 64, step: 512 },
  AdditionalFee: { base: 1_704_117_770_240, children: 2, step: 8_192 },
  DeliveryMethod: { base: 5_904_331_063_296, children: 2, step: 8_192 },
  Duty: { base: 2_204_117_770_240, children: 32, step: 1_024 },
  LineItemGroup: { base: 3_104_552_714_240, children: 4, step: 8_192 },
  Customer: { base: 6_911_027_044_352, children: 1, step: 32_768 },
  CustomerAddress: { base: 8_212_340_703_232, children: 4, step: 8_192 },
  Product: { base: 7_405_116_653_568, children: 1, step: 32_768 },
  ProductOption: { base: 9_530_442_121_216, children: 4, step: 8_192 },
  ProductOptionValue: { base: 2_801_174_061_056, children: 1_024, step: 64 },
  ProductVariant: { base: 41_204_663_091_200, children: 2_048, step: 64 },
  InventoryItem: { base: 43_301_774_131_200, children: 2_048, step: 64 },
  MediaImage: { base: 25_710_338_998_272, children: 8, step: 4_096 },
} as const satisfies Record<string, Layout>;

export type IdKind = keyof typeof LAYOUTS;

/** The kinds of id a gid's type may have: addresses stand on orders and on customers. */
export function kindsOfType(type: string): readonly IdKind[] {
  if (type === "MailingAddress") return ["OrderAddress", "CustomerAddress"];
  return Object.hasOwn(LAYOUTS, type) ? [type as IdKind] : [];
}

function jitter(place: number, step: number): number {
  return (Math.imul(place | 0, 0x9e3779b1) >>> 7) % step;
}

/** The number of child `i` of record `n` (roots have one "child"). */
export function idNumber(kind: IdKind, n: number, i = 0): number {
  const { base, children, step } = LAYOUTS[kind];
  const place = n * children + i;
  return base + place * step + jitter(place, step);
}

/** The way back. @returns null when no record can have this number. */
export function findIdPlace(kind: IdKind, number: number): { n: number; i: number } | null {
  const { base, children, step } = LAYOUTS[kind];
  const place = Math.floor((number - base) / step);
  if (!(place >= 0) || number !== base + place * step + jitter(place, step)) return null;
  return { n: Math.floor(place / children), i: place % children };
}

export function makeGid(type: string, number: number | string): string {
  return `gid://shopify/${type}/${String(number)}`;
}

export function gidOf(kind: Exclude<IdKind, "OrderAddress" | "CustomerAddress">, n: number, i = 0): string {
  return makeGid(kind, idNumber(kind, n, i));
}

/** Value `value` (under 256) of a product's option. */
export function optionValueGid(p: number, option: number, value: number): string {
  return gidOf("ProductOptionValue", p, option * 256 + value);
}

export function orderAddressGid(n: number, i: number): string {
  return `${makeGid("MailingAddress", idNumber("OrderAddress", n, i))}?model_name=Address`;
}

export function customerAddressGid(n: number, i: number): string {
  return `${makeGid("MailingAddress", idNumber("CustomerAddress", n, i))}?model_name=CustomerAddress`;
}

/** A gid's type, number and query part. @returns null when it is none. */
export function parseGid(gid: string): { type: string; number: string; query: string } | null {
  const match = /^gid:\/\/shopify\/([A-Za-z]+)\/([^?/]+)(?:\?(.*))?$/.exec(gid);
  return match ? { type: match[1] ?? "", number: match[2] ?? "", query: match[3] ?? "" } : null;
}

/** The number at the end of a gid, as `legacyResourceId` has it. */
export function legacyId(gid: string): string {
  return parseGid(gid)?.number ?? "";
}
