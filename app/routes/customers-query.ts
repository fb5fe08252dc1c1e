import { customerRecords } from "#app/erp/customers/customer-list-row.ts";

/** What a list of customers and its export can be asked. */
export const customerQuestions = {
  choices: {
    record: customerRecords,
    shopify: ["with", "without"],
    marketing: ["yes", "no"],
    orders: ["with", "without"],
  },
  sorts: ["updated desc", "updated asc", "created desc", "created asc"],
} as const;
