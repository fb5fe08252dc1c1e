import { readFileSync } from "node:fs";

import { parse } from "smol-toml";
import { z } from "zod";

const Subscription = z.object({
  uri: z.string(),
  topics: z.array(z.string()).default([]),
  compliance_topics: z.array(z.string()).default([]),
});

const AppToml = z.object({
  application_url: z.url(),
  embedded: z.boolean(),
  access_scopes: z.object({ scopes: z.string(), optional_scopes: z.array(z.string()) }),
  auth: z.object({ redirect_urls: z.array(z.url()) }),
  webhooks: z.object({ api_version: z.string(), subscriptions: z.array(Subscription) }),
});

/** shopify.app.toml, as far as tests ask about it. */
export function readAppToml() {
  const { access_scopes, webhooks, ...rest } = AppToml.parse(parse(readFileSync("shopify.app.toml", "utf8")));
  return {
    ...rest,
    apiVersion: webhooks.api_version,
    requiredScopes: access_scopes.scopes.split(","),
    optionalScopes: access_scopes.optional_scopes,
    subscriptions: webhooks.subscriptions,
    /** Every declared topic with the address it goes to. */
    topics: webhooks.subscriptions.flatMap(({ uri, topics, compliance_topics }) =>
      [...topics, ...compliance_topics].map((topic) => ({ topic, uri })),
    ),
  };
}
