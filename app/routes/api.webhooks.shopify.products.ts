import { webhookRoute } from "./webhook-route.server.ts";

/** Products and their variants. */
export const action = webhookRoute("products");

/** A GET is no webhook: answered 405, like every other method. */
export const loader = action;
