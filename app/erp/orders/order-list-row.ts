import type { OrderStatus } from "#app/erp/processor/determine-order-status.ts";

/** An order as the list of orders shows it: amounts exact decimals, times ISO. */
export type OrderListRow = {
  /** Shopify's. */
  id: string;
  orderNumber: string;
  status: OrderStatus;
  /** Why it is held, in words. */
  holds: string[];
  stopShip: string | null;
  isHistory: boolean;
  test: boolean;
  archivedAt: string | null;
  shopifyCreatedAt: string;
  updatedAt: string;
  customerName: string | null;
  customerEmail: string | null;
  customerPhone: string | null;
  paymentMethod: "COD" | "Prepaid";
  financialStatus: string | null;
  currency: string;
  totalAmount: string;
  currentTotalAmount: string;
  presentmentCurrency: string;
  /** In the customer's currency. */
  amountToCollect: string;
  /** Whether charges or payments leave anything of Shopify's figures unexplained. */
  hasDifference: boolean;
};

const yesOrNo = ["yes", "no"] as const;

/** What a list of orders can be filtered by, as the address names it. */
export const orderChoices = {
  status: [
    ...(["open", "on_hold", "partially_shipped", "shipped", "partially_delivered", "delivered"] as const),
    ...(["cancelled", "rto", "partially_returned", "returned"] as const),
  ],
  payment: ["COD", "Prepaid"],
  held: yesOrNo,
  stopShip: yesOrNo,
  difference: yesOrNo,
  collect: yesOrNo,
  returns: ["open", "done"],
  test: yesOrNo,
  history: yesOrNo,
  archived: yesOrNo,
} as const;

/** The first holds where none is chosen. */
export const orderSorts = ["created desc", "created asc", "updated desc"] as const;

export type OrderChoices = { [Name in keyof typeof orderChoices]?: (typeof orderChoices)[Name][number][] };
