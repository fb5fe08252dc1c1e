import { webhookRoute } from "./webhook-route.server.ts";

/** Orders and what belongs to them: edits, refunds, transactions, fulfilments, fulfilment orders, returns. */
export const action = webhookRoute("orders");

/** A GET is no webhook: answered 405, like every other method. */
export const loader = action;
