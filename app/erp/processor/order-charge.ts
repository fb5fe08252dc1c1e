import type { MoneyPair } from "#app/lib/money.ts";

export type ChargeKind =
  | "item"
  | "line_discount"
  | "order_discount"
  | "shipping"
  | "shipping_discount"
  | "tax"
  | "duty"
  | "tip"
  | "additional_fee"
  | "cod_fee"
  | "cash_rounding"
  // From the total to the current total: what a refund takes off …
  | "refund_item"
  | "refund_tax"
  | "refund_shipping"
  | "refund_duty"
  | "refund_tip"
  | "refund_adjustment"
  // … and what was edited away, cancelled, or taken off by a refund whose parts no payload tells.
  | "removed_item"
  | "removed_tax"
  | "removed_shipping"
  | "removed_duty"
  | "removed_fee"
  | "removed_tip"
  /** The whole step, where a payload does not carry the figures it consists of. */
  | "removal";

export type Charge = {
  kind: ChargeKind;
  lineId: string | null;
  title: string | null;
  rate: string | null;
  /** Shown, never added to the total: inclusive tax, and the rounding of a cash payment. */
  included: boolean;
  amount: MoneyPair;
};

export type AddCharge = (kind: ChargeKind, amount: MoneyPair, more?: Partial<Charge>) => void;
