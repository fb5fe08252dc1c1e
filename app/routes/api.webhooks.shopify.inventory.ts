import { webhookRoute } from "./webhook-route.server.ts";

/** Stock levels, inventory items and locations. */
export const action = webhookRoute("inventory");

/** A GET is no webhook: answered 405, like every other method. */
export const loader = action;
