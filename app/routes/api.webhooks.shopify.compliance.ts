import { webhookRoute } from "./webhook-route.server.ts";

/** What privacy law asks of every app: a customer's data, and forgetting a customer or a shop. */
export const action = webhookRoute("compliance");

/** A GET is no webhook: answered 405, like every other method. */
export const loader = action;
