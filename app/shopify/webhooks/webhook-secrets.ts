/** The settings a webhook may be signed by. */
export type WebhookSecretEnv = {
  SHOPIFY_API_SECRET?: string | undefined;
  SHOPIFY_API_SECRET_OLD?: string | undefined;
  SHOPIFY_WEBHOOK_SECRET?: string | undefined;
};

/**
 * Every secret a genuine webhook may be signed with: the app's, its former one (for up to an hour after a
 * rotation Shopify still signs with it, and retries live for hours), and that of webhooks made by hand in the
 * store's admin. Empty: nothing can be verified, so nothing is accepted.
 */
export function webhookSecrets(env: WebhookSecretEnv): string[] {
  return [env.SHOPIFY_API_SECRET, env.SHOPIFY_API_SECRET_OLD, env.SHOPIFY_WEBHOOK_SECRET].filter(
    (secret): secret is string => secret !== undefined && secret !== "",
  );
}
