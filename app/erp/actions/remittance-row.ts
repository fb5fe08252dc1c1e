import type { RemittanceProblem, RemittanceStatus } from "./remittance.ts";

/** What a courier paid out for one AWB, as pages and API show it. Amounts are exact decimals, times ISO in UTC. */
export type RemittanceRow = {
  id: string;
  awbNumber: string;
  reference: string;
  amount: string;
  deduction: string;
  /** The day of the payment, YYYY-MM-DD. */
  date: string;
  status: RemittanceStatus;
  /** Why it was not booked by itself. */
  problem: RemittanceProblem | null;
  words: string;
  /** Shopify's ids of the orders it was booked on. */
  orderIds: string[];
  createdBy: string;
  createdAt: string;
  settledBy: string | null;
  settledAt: string | null;
};
