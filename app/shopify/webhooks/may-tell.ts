import type { WebhookSecret } from "#app/lib/parse-env.ts";
import type { WebhookEnvelope } from "./read-envelope.ts";

/** What Shopify tells an app about itself, its charges, and the persons it holds: never of webhooks a merchant made. */
const forTheApp = /^(app|app_[a-z_]+)\/|^(customers\/(data_request|redact)|shop\/redact)$/;

/**
 * Whether whoever signed with this secret may tell this. Topic and shop are headers, which no signature covers: a merchant
 * knows the secret of the webhooks they made by hand, and could write any shop and any topic above a body of their own.
 */
export function mayTell(
  { shop, signsForApp }: WebhookSecret,
  told: Pick<WebhookEnvelope, "shop" | "topic">,
): boolean {
  return (shop === null || shop === told.shop) && (signsForApp || !forTheApp.test(told.topic));
}
