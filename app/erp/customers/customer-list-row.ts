/** What has become of a customer's record. */
export const customerRecords = ["current", "archived", "merged", "redacted"] as const;
export type CustomerRecord = (typeof customerRecords)[number];

/** What a list of customers can be asked, beside words. */
export type CustomerChoices = {
  record?: readonly CustomerRecord[];
  shopify?: readonly ("with" | "without")[];
  marketing?: readonly ("yes" | "no")[];
  orders?: readonly ("with" | "without")[];
};

/** A customer as a list shows them: the amount exact decimal text in `currency`, the time ISO in UTC. */
export type CustomerListRow = {
  id: string;
  shopifyCustomerId: string | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  acceptsMarketing: boolean | null;
  tags: string[];
  /** As Shopify counts. */
  ordersCount: number | null;
  totalSpent: string | null;
  currency: string | null;
  record: CustomerRecord;
  updatedAt: string;
};
