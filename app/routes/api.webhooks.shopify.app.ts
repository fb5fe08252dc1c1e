import { webhookRoute } from "./webhook-route.server.ts";

/** The app itself: uninstalled, or its scopes changed. */
export const action = webhookRoute("app");

/** A GET is no webhook: answered 405, like every other method. */
export const loader = action;
