import type { ContactField } from "./contact.ts";
import type { CustomerRecord } from "./customer-list-row.ts";
import type { ErpCustomer } from "./erp-customer.ts";

/** Who told a value that stands in the record: Shopify's record of the customer, or one of their orders; and when (ISO, UTC). */
export type ValueSource = { from: "customer" | "order"; at: string | null };

/** Another record that is part of this one, or that this one is part of. */
export type OtherRecord = {
  id: string;
  shopifyCustomerId: string | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  record: CustomerRecord;
};

/** A customer's orders as the ERP counts them, test orders left out; times ISO in UTC. */
export type CustomerOrderFigures = {
  orders: number;
  cod: number;
  rto: number;
  cancelled: number;
  firstAt: string | null;
  lastAt: string | null;
};

/** One order in a customer's list: the amount exact decimal text in `currency`. */
export type CustomerOrder = {
  id: string;
  orderNumber: string;
  status: string;
  paymentMethod: string;
  orderDate: string;
  currentTotalAmount: string;
  currency: string;
  test: boolean;
};

/** Everything a page shows of one customer, their orders left out. */
export type CustomerView = {
  customer: ErpCustomer & { record: CustomerRecord };
  /** Where name, email and phone came from, as far as what is cached still tells. */
  sources: { [Field in ContactField]?: ValueSource };
  /** Shopify's record of them that is cached: when it was true; null where only orders told of them. */
  ownRecord: { at: string | null } | null;
  mergedInto: OtherRecord | null;
  mergedFrom: OtherRecord[];
  figures: CustomerOrderFigures;
};
