import { webhookRoute } from "./webhook-route.server.ts";

/** Customers, their deletion and their merging. */
export const action = webhookRoute("customers");

/** A GET is no webhook: answered 405, like every other method. */
export const loader = action;
