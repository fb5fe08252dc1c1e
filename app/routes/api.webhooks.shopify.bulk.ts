import { webhookRoute } from "./webhook-route.server.ts";

/** The end of a bulk operation. */
export const action = webhookRoute("bulk");

/** A GET is no webhook: answered 405, like every other method. */
export const loader = action;
