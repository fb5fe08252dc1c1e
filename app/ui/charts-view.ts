import type { OrderState } from "./order-states.ts";

/** What Home counts once a minute: its charts, and what is in the ERP. Plain data that survives JSON. */
export type ChartsView = {
  erp: { products: number; customers: number; orders: number };
  /** The last 30 days of the shop's calendar, the oldest first. */
  days: DayOfOrders[];
  delays: {
    /** The last 24 hours of the clock, the oldest first. */
    hours: (DelaysView & { hour: string })[];
    whole: DelaysView;
  };
};

export type DayOfOrders = { day: string; orders: Record<OrderState, number> };

/** Milliseconds from Shopify to the ERP; null where nothing arrived. */
export type DelaysView = {
  arrived: number;
  waiting: number;
  medianMs: number | null;
  p95Ms: number | null;
};
